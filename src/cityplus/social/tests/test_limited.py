"""A limited account is seen by its followers only and by itself, at every address, and stands in no public timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.moderation.models import Decision
from cityplus.people.models import Person
from cityplus.search import building, index
from cityplus.search.tests.conftest import tell_the_index
from cityplus.social.models import Bookmark, Boost, Follow, Post
from cityplus.social.speakers.reader import NOBODY
from cityplus.social.tests.cast import reads, resident, say
from cityplus.social.tests.test_following import browser

pytestmark = pytest.mark.django_db
WORDS = "Cranes"
READERS = ("nobody", "named", "follower", "itself")
PUBLIC, CLOSE, ITSELF = frozenset(READERS), frozenset({"follower", "itself"}), frozenset({"itself"})


@dataclass
class Scene:
    browsers: dict[str, Client]
    limited: Actor
    post: Post
    reply: Post
    begun: Post
    quoting: Post
    asked: Post
    office: Person


@pytest.fixture
def scene(thehague: City) -> Scene:
    building.build({kind: iter(()) for kind in index.kinds().values()})
    lim, fan, named, booster = (resident(handle, thehague) for handle in ("lim", "fan", "named", "boo"))
    Follow.begin(fan, lim, by="fan")
    for reader in (fan, named, lim):
        Follow.begin(reader, booster, by="x")
    begun = say(thehague.actor, "What do you see?")
    post = say(lim, f"{WORDS} over the harbour @named #birds")
    reply = say(lim, f"{WORDS} again", reply_to=begun)
    say(booster, "Where?", reply_to=reply)
    asked = say(lim, f"{WORDS}: who feeds them?", asks=thehague.actor)
    quoting = say(booster, "Look at this", quote=post)
    for one in (post, reply):
        Boost.put(booster, one, by="boo")
    Bookmark.put(named, post, by="named")
    browsers = {"nobody": Client(), "named": browser(named), "follower": browser(fan), "itself": browser(lim)}
    office = Person.enrol("office", "o@example.org", "a long password", office=True)
    return Scene(browsers, lim, post, reply, begun, quoting, asked, office)


At = Callable[[Scene], str]
TABLE: dict[str, tuple[At, frozenset[str]]] = {
    "its page": (lambda s: "/@lim/", CLOSE),
    "its posts": (lambda s: "/@lim/posts/", CLOSE),
    "its replies": (lambda s: "/@lim/posts/?with=replies", CLOSE),
    "its post": (lambda s: s.post.get_absolute_url(), CLOSE),
    "the thread of its reply": (lambda s: s.begun.get_absolute_url(), CLOSE),
    "who boosted it": (lambda s: "/@boo/posts/", CLOSE),
    "what quotes it": (lambda s: s.quoting.get_absolute_url(), frozenset()),
    "the network": (lambda s: "/posts/", frozenset()),
    "the hashtag": (lambda s: "/tags/birds/", frozenset()),
    "questions of the city": (lambda s: "/@thehague/questions/", CLOSE),
    "its question": (lambda s: f"/@thehague/questions/{s.asked.pk}/", CLOSE),
    "its feed": (lambda s: "/@lim/posts.atom", frozenset()),
    "its JSON feed": (lambda s: "/@lim/posts.json", frozenset()),
    "the feed of the hashtag": (lambda s: "/tags/birds/posts.atom", frozenset()),
    "the feed of questions": (lambda s: "/@thehague/questions/posts.atom", frozenset()),
    "search": (lambda s: f"/search/?q={WORDS}", ITSELF),
    "home": (lambda s: "/home/", CLOSE),
    "bookmarks": (lambda s: "/home/bookmarks/", frozenset()),
    "API: the post": (lambda s: f"/api/cityplus/v1/posts/{s.post.pk}", CLOSE),
    "API: around what it answers": (lambda s: f"/api/cityplus/v1/posts/{s.begun.pk}/context", CLOSE),
    "API: its timeline": (lambda s: "/api/cityplus/v1/timelines/actors/lim", CLOSE),
    "API: the network": (lambda s: "/api/cityplus/v1/timelines/network", frozenset()),
    "API: the hashtag": (lambda s: "/api/cityplus/v1/timelines/tags/birds", frozenset()),
}


def shown(scene: Scene, at: str) -> frozenset[str]:
    """Who reads its words at this address."""
    found = set()
    for name, client in scene.browsers.items():
        answer = client.get(at)
        assert answer.status_code in {200, 302, 401, 404}, (at, name, answer.status_code)
        text = answer.content.decode().replace(f"q={WORDS}", "").replace(f'value="{WORDS}"', "")
        if f"{WORDS} over" in text or f"{WORDS} again" in text or f"{WORDS}: who" in text:
            found.add(name)
    return frozenset(found)


@pytest.mark.parametrize("what", TABLE)
def test_who_reads_what_a_limited_account_says(scene: Scene, what: str) -> None:
    at, readers = TABLE[what]
    tell_the_index()
    before = shown(scene, at(scene))
    if what not in {"home", "bookmarks", "search", "who boosted it"}:
        assert before >= PUBLIC or before, f"{what}: it stands there while it is not limited"
    decision = Decision.about_actor(scene.limited, "limit", by=scene.office, reason="So.")
    soon = CLOSE if what == "search" else readers  # followers may read what the index has until it follows
    assert shown(scene, at(scene)) == soon, "at once"
    tell_the_index()
    assert shown(scene, at(scene)) == readers, "and when the worker has been there"
    decision.lift(by=scene.office, reason="So.")
    tell_the_index()
    assert shown(scene, at(scene)) == before


def test_counters_stay_and_a_place_is_kept_above_what_answers_it(scene: Scene) -> None:
    Decision.about_actor(scene.limited, "limit", by=scene.office, reason="So.")
    scene.begun.refresh_from_db()
    assert scene.begun.replies == 1
    page = Client().get(scene.begun.get_absolute_url()).content.decode()
    assert "This post is not there any more." in page and "Where?" in page


def test_the_account_is_told_by_its_own_page_alone(scene: Scene) -> None:
    said = "only its followers see what it says"
    for page in ("/@lim/", "/@lim/posts/"):
        assert said not in scene.browsers["itself"].get(page).content.decode()
    Decision.about_actor(scene.limited, "limit", by=scene.office, reason="So.")
    for page in ("/@lim/", "/@lim/posts/"):
        telling = {who for who, client in scene.browsers.items() if said in client.get(page).content.decode()}
        assert telling == {"itself"}


def test_whom_it_names_sees_it_only_as_a_follower(scene: Scene) -> None:
    named = Actor.objects.get(handle="named")
    private = say(scene.limited, "To you @named", audience="mentioned")
    Decision.about_actor(scene.limited, "limit", by=scene.office, reason="So.")

    def sees(actor: Actor | None) -> bool:
        return Post.objects.visible_to(reads(actor) if actor else NOBODY).filter(pk=private.pk).exists()

    assert not sees(named)
    Follow.begin(named, scene.limited, by="named")
    assert sees(named) and not sees(None)
