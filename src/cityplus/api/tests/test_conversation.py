"""The conversation as JSON: for everybody, and for somebody with a session; nothing of what one may not see."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import sign_in
from django.conf import settings
from django.test import Client

from cityplus.actors.models import Actor
from cityplus.api.tests.conftest import ROOT, Network, Talk
from cityplus.cities.models import Member
from cityplus.jobs import worker
from cityplus.languages.text import Text
from cityplus.moderation.models import BlockedWord, Held
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.models import Bar, Follow, Post
from cityplus.social.tests.cast import resident, say

pytestmark = pytest.mark.django_db


def words(items: list[Any]) -> list[str]:
    return [item["post"]["text"]["read"]["text"] for item in items]


def get(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(f"{ROOT}/{path}")
    assert answer.status_code == status, answer.content
    return answer.json()


def put(client: Client, path: str, status: int = 200, method: str = "PUT", body: Any = None) -> Any:
    answer = client.generic(method, f"{ROOT}/{path}", json.dumps(body) if body else "", "application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_home_has_what_is_followed_and_what_one_did_to_it(talk: Talk) -> None:
    items = get(talk.ana, "timelines/home")["items"]
    assert [(item["kind"], item["by"] and item["by"]["handle"]) for item in items] == [
        ("boost", "thehague"),
        ("own", None),
    ]
    assert words(items) == ["For all.", "See #DenHaag, @shenzhen."]
    assert items[1]["mine"] == {"favourite": False, "boost": False, "bookmark": True}
    assert items[1]["post"]["tags"] == ["DenHaag"]
    assert items[1]["post"]["mentions"] == ["shenzhen"]
    assert items[1]["post"]["counts"]["replies"] == 1


def test_a_stranger_has_no_home_and_writes_nothing(talk: Talk, stranger: Client) -> None:
    for path in ("timelines/home", "relationships?actors=ana"):
        answer = stranger.get(f"{ROOT}/{path}")
        assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (401, "problem-not-signed-in")
    before = Post.objects.count()
    put(stranger, "posts", 401, "POST", {"text": {"original": "en", "versions": {"en": "Hello."}}})
    put(stranger, f"posts/{talk.post.pk}/marks/favourite", 401)
    assert Post.objects.count() == before
    assert get(stranger, "timelines/network")["items"][0]["mine"] is None


def test_what_is_for_followers_leaves_no_trace(talk: Talk, stranger: Client, network: Network) -> None:
    """Bo's answer is for whoever follows bo: ana does not, bo does read it, and then ana does follow."""
    follower = sign_in(Person.objects.get(username="bo"))
    paths = [
        f"posts/{talk.secret.pk}",
        f"posts/{talk.secret.pk}/context",
        f"posts/{talk.post.pk}/context",
        "timelines/network",
        "timelines/home",
        "timelines/actors/bo?replies=all",
        "timelines/actors/thehague?replies=all",
        "timelines/pairs/shenzhen+thehague",
        "timelines/tags/denhaag",
        "actors/bo",
    ]
    for client in (talk.ana, stranger):
        for path in paths:
            answer = client.get(f"{ROOT}/{path}").content.decode()
            assert "Between us" not in answer, path
            assert str(talk.secret.pk) not in answer.replace(path, ""), path
        gone = client.get(f"{ROOT}/posts/{talk.secret.pk}"), client.get(f"{ROOT}/posts/117246080614400000")
        assert gone[0].status_code == gone[1].status_code == 404
        assert gone[0].content == gone[1].content
    assert "Between us." in words(get(follower, f"posts/{talk.post.pk}/context")["descendants"])
    Follow.begin(talk.actor, talk.secret.author, by="ana")
    assert words([get(talk.ana, f"posts/{talk.secret.pk}")]) == ["Between us."]
    put(talk.ana, f"posts/{talk.secret.pk}/marks/boost", 403)


def test_what_was_kept_for_one_is_not_given_to_another(talk: Talk, stranger: Client) -> None:
    bo = sign_in(Person.objects.get(username="bo"))
    assert words([get(bo, f"posts/{talk.secret.pk}")]) == ["Between us."]
    get(talk.ana, f"posts/{talk.secret.pk}", 404)
    get(stranger, f"posts/{talk.secret.pk}", 404)


def test_a_post_is_posted_marked_and_taken_back(talk: Talk, stranger: Client) -> None:
    body = {
        "text": {"original": "nl", "versions": {"nl": "Dag #Zee, @thehague.", "en": "Hello #Sea."}},
        "note": {"original": "en", "versions": {"en": "A greeting"}},
        "reply_to": str(talk.post.pk),
    }
    made = put(talk.ana, "posts?language=en", method="POST", body=body)["post"]
    assert (made["text"]["original"], made["text"]["read"]["text"]) == ("nl", "Hello #Sea.")
    assert sorted(made["tags"]) == ["Sea", "Zee"]
    assert made["reply_to"] == {"id": str(talk.post.pk), "handle": "thehague"}
    assert get(stranger, f"posts/{made['id']}?language=en")["post"] == made
    for mark in ("favourite", "boost", "bookmark"):
        for on in ("PUT", "PUT", "DELETE", "DELETE", "PUT"):
            told = put(talk.ana, f"posts/{made['id']}/marks/{mark}", method=on)
            assert told["mine"][mark] is (on == "PUT")
    assert get(talk.ana, f"posts/{made['id']}")["mine"] == {"favourite": True, "boost": True, "bookmark": True}
    assert get(stranger, f"posts/{made['id']}")["post"]["counts"]["boosts"] == 1
    put(sign_in(Person.objects.get(username="bo")), f"posts/{made['id']}", 403, "DELETE")
    put(talk.ana, f"posts/{made['id']}", method="DELETE")
    for client in (talk.ana, stranger):
        get(client, f"posts/{made['id']}", 404)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "text"),
        ({"text": {"original": "en", "versions": {}}}, "text.versions"),
        ({"text": {"original": "nl", "versions": {"en": "Hello."}}}, "text"),
        ({"text": {"original": "en", "versions": {"en": "  "}}}, "text"),
        ({"text": {"original": "en", "versions": {"en": "Hi."}}, "audience": "friends"}, "audience"),
        ({"text": {"original": "en", "versions": {"en": "Hi."}}, "colour": "red"}, "colour"),
        ({"text": {"original": "en", "versions": {"en": "Hi."}}, "asks": "nowhere"}, "asks"),
        ({"text": {"original": "en", "versions": {"en": "Hi."}}, "media": [987654321]}, "media"),
        ({"text": {"original": "en", "versions": {"en": "Hi."}}, "who_boosts": "pair"}, "who_boosts"),
    ],
)
def test_what_cannot_be_posted_is_told_where_and_nothing_is_written(talk: Talk, body: Any, where: str) -> None:
    before = Post.objects.count()
    answer = put(talk.ana, "posts", 422, "POST", body or {"text": None})
    assert where in {error["parameter"] for error in answer["errors"]}, answer
    assert Post.objects.count() == before
    put(talk.ana, "posts?colour=red", 400, "POST", {"text": {"original": "en", "versions": {"en": "Hello."}}})
    assert Post.objects.count() == before


def test_one_speaks_in_the_space_of_ones_own_city(talk: Talk) -> None:
    Actor.objects.create(handle="liege+plovdiv", kind="pair", names=Text.of("en", en="Liège · Plovdiv"))
    text = {"text": {"original": "en", "versions": {"en": "Hello, both."}}}
    refused = put(talk.ana, "posts", 422, "POST", {**text, "space": "liege+plovdiv"})
    assert [error["parameter"] for error in refused["errors"]] == ["space"]
    made = put(talk.ana, "posts", 200, "POST", {**text, "space": "shenzhen+thehague"})
    assert made["post"]["space"] == "shenzhen+thehague"


def test_nothing_is_believed_without_the_token(talk: Talk) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(Person.objects.get(username="ana"))
    address, text = f"{ROOT}/posts", json.dumps({"text": {"original": "en", "versions": {"en": "Hello."}}})
    refused = browser.post(address, text, "application/json")
    assert (refused.status_code, refused.json()["type"].rpartition("#")[2]) == (403, "problem-forged")
    token = get(browser, "session")["csrf"]
    assert browser.post(address, text, "application/json", headers={"x-csrftoken": token}).status_code == 200
    assert not Post.objects.filter(author=talk.actor).exclude(audience="public").exists()


def test_one_speaks_for_whom_one_may(talk: Talk, network: Network) -> None:
    text = {"text": {"original": "en", "versions": {"en": "From the city."}}}
    put(talk.ana, "posts?as=thehague", 403, "POST", text)
    put(Client(), "posts?as=thehague", 401, "POST", text)
    editor = Person.objects.get(username="ana")
    Member.objects.create(city=network.thehague, person=editor, role=Member.Role.EDITOR)
    assert put(talk.ana, "posts?as=thehague", method="POST", body=text)["post"]["author"]["handle"] == "thehague"
    assert {voice["handle"] for voice in get(talk.ana, "session")["voices"]} == {"ana", "thehague"}


def test_answers_to_somebody_are_theirs_alone(talk: Talk) -> None:
    for path in ("timelines/home", "timelines/network", f"posts/{talk.post.pk}", "session", "actors/ana"):
        answer = talk.ana.get(f"{ROOT}/{path}")
        assert "Access-Control-Allow-Origin" not in answer.headers, path
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert "Cookie" in answer.headers["Vary"]
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert talk.ana.get(f"{ROOT}/cities").headers["Access-Control-Allow-Origin"] == "*"


def test_a_block_ends_it_in_both_directions(talk: Talk, network: Network) -> None:
    bo = Person.objects.get(username="bo")
    said = say(bo.profile.actor, "Hello?")
    Bar.put(bo.profile.actor, talk.actor, "block", by="bo")
    get(talk.ana, f"posts/{said.pk}", 404)
    put(talk.ana, "actors/bo/follow", 403)
    assert get(talk.ana, "relationships?actors=bo,thehague,nobody")["items"] == [
        {"handle": "bo", "following": False, "requested": False, "followed_by": False, "blocking": False, "muting": False},
        {"handle": "thehague", "following": True, "requested": False, "followed_by": False, "blocking": False, "muting": False},
    ]  # fmt: skip


def test_pages_lead_down_and_up_again_and_nothing_comes_twice(talk: Talk, network: Network) -> None:
    for n in range(5):
        say(network.thehague.actor, f"Number {n}.")
    down, address = [], "timelines/home?limit=2"
    while address:
        page = get(talk.ana, address)
        down.append(words(page["items"]))
        address = _path(page["next"])
    say(network.thehague.actor, "Newest.")
    up, address = [words(page["items"])], _path(page["previous"])
    while address:
        page = get(talk.ana, address)
        up.insert(0, words(page["items"]))
        address = _path(page["previous"]) if page["items"] else ""
    flat = [word for page in down for word in page]
    assert len(set(flat)) == len(flat) == 7
    assert [word for page in up for word in page] == ["Newest.", *flat]


def test_hidden_and_withheld_are_gone_at_once(talk: Talk, stranger: Client) -> None:
    shown = words(get(stranger, f"posts/{talk.post.pk}/context")["descendants"])
    assert shown == ["I see."]
    posting.hide(talk.answer, by="test")
    assert get(stranger, f"posts/{talk.post.pk}/context")["descendants"] == []
    assert get(stranger, f"posts/{talk.answer.pk}")["post"]["hidden"] is True
    posting.withhold(talk.post, by="test")
    get(stranger, f"posts/{talk.post.pk}", 404)
    assert "See #DenHaag, @shenzhen." not in words(get(talk.ana, "timelines/home")["items"])


def test_queries_do_not_grow_with_the_page(talk: Talk, network: Network, django_assert_max_num_queries: Any) -> None:
    for n in range(20):
        say(network.thehague.actor, f"Number {n}. #all", media=[network.media["cover"]])
    with django_assert_max_num_queries(28):
        assert len(get(talk.ana, "timelines/home")["items"]) == 20
    resident("cy")
    with django_assert_max_num_queries(11):
        get(talk.ana, "timelines/home")
    assert settings.SESSION_COOKIE_NAME in talk.ana.cookies


def _path(address: str | None) -> str:
    parts = urlsplit(address or "")
    return f"{parts.path.removeprefix(ROOT + '/')}?{parts.query}" if address else ""


def test_what_moderation_looks_at_first_is_accepted_and_kept(talk: Talk) -> None:
    BlockedWord.add("lottery", "hold", by="office")
    before = Post.objects.count()
    body = {
        "text": {"original": "nl", "versions": {"nl": "Een lottery?", "en": "A lottery?"}},
        "note": {"original": "en", "versions": {"en": "Luck"}},
        "reply_to": str(talk.post.pk),
        "who_boosts": "followers",
    }
    for _twice in range(2):
        told = put(talk.ana, "posts?language=nl", 202, "POST", body)
        assert (told["waits"], urlsplit(told["drafts"]).path) == (True, "/nl/posts/drafts/")
        assert "lottery" not in told["detail"]
    assert Post.objects.count() == before
    Held.objects.get().approve(by=Person.enrol("office", "o@example.org", "a long password", office=True))
    while worker.run_one("test"):
        pass
    post = Post.objects.latest("pk")
    assert (post.author, post.reply_to, post.who_boosts) == (talk.actor, talk.post, "followers")
    assert (post.text.original, str(post.text.versions["en"].text), str(post.note)) == ("nl", "A lottery?", "Luck")
