"""A home against a model in plain Python, which looks at everything: whatever is followed, posted, boosted, muted and hidden, both give
the same, by pages from either end too; and the API tells what pages are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from conftest import sign_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase, TransactionTestCase

from cityplus.actors.models import Actor
from cityplus.languages.text import Text
from cityplus.people.models import Person
from cityplus.social import entries, posting, timelines
from cityplus.social.models import Bar, Boost, Entry, Follow, Post
from cityplus.social.tests.cast import reads, resident
from cityplus.social.timelines import WEEK, Place
from cityplus.social.writing import Writing

PEOPLE = 5
"""The first of them reads."""
WAYS = {"gathered": (200, 4_000), "walked": (0, 4_000), "walked in vain": (0, 2)}
DEEDS = ["post"] * 3 + ["boost", "follow"] * 2 + ["reply", "unfollow", "mute", "block", "hide", "delete", "close"]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(DEEDS),
        st.integers(0, PEOPLE - 1),
        st.integers(0, 9),
        st.sampled_from(["public", "public", "followers", "mentioned"]),
    ),
    min_size=5,
    max_size=40,
)  # fmt: skip


@dataclass
class Spot:
    """An entry, as the model knows it."""

    id: int
    post: int
    actor: int
    author: int
    to: int | None
    boost: bool


@dataclass
class Model:
    """Who follows whom, who shuns whom, and what stands where."""

    follows: set[tuple[int, int]] = field(default_factory=set)
    shuns: set[tuple[int, int]] = field(default_factory=set)
    places: list[Spot] = field(default_factory=list)

    def home(self, me: int) -> list[int]:
        """The posts of a home, the newest first."""
        mine = {me, *(target for actor, target in self.follows if actor == me)}
        shunned = {other for one, other in self.shuns if one == me}
        shown = []
        for place in sorted(self.places, key=lambda place: -place.id):
            same = [p for p in self.places if p.post == place.post and p.actor in mine and 0 < place.id - p.id < WEEK]
            if (
                place.actor in mine
                and (place.to is None or place.to in {me, place.actor} or place.to in mine - {me})
                and not (place.boost and same)
                and not {place.actor, place.author} & shunned
            ):
                shown.append(place.post)
        return shown


class Homes(TestCase):
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(ACTS, st.integers(1, 7))
    def test_a_home_is_as_the_model_says(self, acts: Sequence[tuple[str, int, int, str]], size: int) -> None:
        actors, model = _played(acts)
        me = actors[0]
        expected = model.home(me.pk)
        for near, walk in WAYS.values():
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(timelines, "NEAR", near)
                patch.setattr(timelines, "WALK", walk)
                assert _all(me, size, down=True) == expected
                assert _all(me, size, down=False) == expected


class Told(TransactionTestCase):
    @settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
    @given(ACTS)
    def test_the_api_tells_the_same_and_a_kept_answer_is_never_old(
        self, acts: Sequence[tuple[str, int, int, str]]
    ) -> None:
        actors, model = _played(acts)
        browser = sign_in(Person.objects.get(username="p0"))
        for _ in range(2):  # the second of them finds what the first kept
            told = browser.get("/api/cityplus/v1/timelines/home?limit=100").json()
            assert [int(item["post"]["id"]) for item in told["items"]] == model.home(actors[0].pk)
            posting.publish(actors[0], Writing(Text.of("en", en="And now?")), by="p0")
            newest = Entry.objects.latest("id")
            model.places.append(Spot(newest.pk, newest.post_id, actors[0].pk, actors[0].pk, None, False))


def _all(me: Actor, size: int, *, down: bool) -> list[int]:
    """All posts of a home by pages, from its newest on or from its oldest."""
    place = Place(size=size) if down else Place(after=0, size=size)
    found: list[int] = []
    while True:
        page = timelines.home(reads(me), place)
        here = [line.post for line in page.lines]
        found = found + here if down else here + found
        if not (page.older if down else page.newer):
            return found
        edge = page.lines[-1 if down else 0].id
        place = Place(before=edge, size=size) if down else Place(after=edge, size=size)


def _played(acts: Sequence[tuple[str, int, int, str]]) -> tuple[list[Actor], Model]:
    actors = [resident(f"p{n}") for n in range(PEOPLE)]
    model, said = Model(), list[Post]()
    for deed, who, what, audience in acts:
        _play(deed, actors, who, what, audience, said, model)
    return actors, model


def _play(deed: str, actors: list[Actor], who: int, what: int, audience: str, said: list[Post], model: Model) -> None:
    actor, other = actors[who], actors[what % PEOPLE]
    pair = (actor.pk, other.pk)
    if deed == "post":
        _say(actor, None, audience, said, model)
    elif deed in {"reply", "boost", "hide", "delete"} and said:
        _with(deed, actor, said[what % len(said)], said, model)
    elif deed == "close" and who and not actor.gone_at:
        actor.gone_at = actor.made_at
        actor.save(update_fields=["gone_at"])
        entries.vanish(actor)
        model.places = [p for p in model.places if actor.pk not in {p.actor, p.author}]
    elif actor == other or deed not in {"follow", "unfollow", "mute", "block"}:
        return
    elif deed == "follow" and not Bar.between(*pair):
        Follow.begin(actor, other, by="x")
        model.follows.add(pair)
    elif deed == "unfollow":
        Follow.end(actor, other, by="x")
        model.follows.discard(pair)
    elif deed in {"mute", "block"}:
        Bar.put(actor, other, deed, by="x")
        both = {pair, pair[::-1]} if deed == "block" else {pair}
        model.shuns |= both
        model.follows -= both if deed == "block" else set()


def _say(actor: Actor, to: Post | None, audience: str, said: list[Post], model: Model) -> None:
    if actor.gone_at:
        return
    post = posting.publish(actor, Writing(Text.of("en", en="Hello."), reply_to=to, audience=audience), by="x")
    said.append(post)
    if audience != "mentioned":
        model.places.append(Spot(post.pk, post.pk, actor.pk, actor.pk, to.author_id if to else None, False))


def _with(deed: str, actor: Actor, post: Post, said: list[Post], model: Model) -> None:
    post = Post.objects.select_related("author").get(pk=post.pk)
    if post.gone_at or post.author.gone_at or actor.gone_at:
        return
    if deed == "reply":
        _say(actor, post, post.audience, said, model)
    elif deed == "boost" and post.audience == "public":
        new = not Boost.objects.filter(actor=actor, post=post).exists()
        boost = Boost.put(actor, post, by="x")
        if new:
            model.places.append(Spot(boost.number, post.pk, actor.pk, post.author_id, None, True))
        if post.hidden_at:
            model.places = [p for p in model.places if p.post != post.pk]
    elif deed in {"hide", "delete"}:
        (posting.hide if deed == "hide" else posting.delete)(post, by="x")
        model.places = [p for p in model.places if p.post != post.pk]
