"""Who gets what at every address of people: a table of addresses and of those who come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from conftest import sign_in
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.people.models import Person
from cityplus.social.models import Bar, Follow, FollowRequest, Silence, Takeout
from cityplus.social.tests.cast import person_of, resident, say

pytestmark = pytest.mark.django_db

WHO = ("nobody", "no profile", "stranger", "follower", "blocked", "ana")
"""Ana is locked; the follower follows her, and she blocks one."""
DOOR, MAKE = 302, 302

SEEN = {
    "/@ana/": (200, 200, 200, 200, 404, 200),
    "/@ana/followers/": (404, 404, 404, 200, 404, 200),
    "/@ana/following/": (404, 404, 404, 200, 404, 200),
    "/@ana/posts.atom": (200, 200, 200, 200, 200, 200),  # feed readers are nobody
    "/@ana/posts.json": (200, 200, 200, 200, 200, 200),
    "/tags/sea/posts.atom": (200, 200, 200, 200, 200, 200),
    "/@thehague/questions/posts.json": (200, 200, 200, 200, 200, 200),
    "/@gone/": (404, 404, 404, 404, 404, 404),
    "/@gone/followers/": (404, 404, 404, 404, 404, 404),
    "/@gone/following/": (404, 404, 404, 404, 404, 404),
    "/@gone/posts.atom": (404, 404, 404, 404, 404, 404),
    "/@plovdiv/followers/": (404, 404, 404, 404, 404, 404),
    "/account/profile/": (DOOR, 200, 200, 200, 200, 200),
    "/account/bars/": (DOOR, MAKE, 200, 200, 200, 200),
    "/account/export/": (DOOR, 200, 200, 200, 200, 200),
    "/account/export/{takeout}/": (DOOR, 404, 404, 404, 404, 404),  # hers is being written
    "/account/closing/": (DOOR, 302, 302, 302, 302, 302),  # asks who is there once more
    "/home/requests/": (DOOR, MAKE, 200, 200, 200, 200),
}
DONE = {
    ("/@ana/followers/", "on=1"): (302, 302, 302, 302, 404, 302),
    ("/@thehague/followers/", "on=1"): (302, 302, 302, 302, 302, 302),
    ("/@gone/followers/", "on=1"): (302, 302, 404, 404, 404, 404),
    ("/@plovdiv/followers/", "on=1"): (302, 302, 404, 404, 404, 404),
    ("/@ana/followers/follower/", "on=0"): (302, 302, 404, 404, 404, 302),
    ("/@ana/blocks/", "on=1"): (302, 302, 302, 302, 404, 404),
    ("/@ana/mutes/", "on=1"): (302, 302, 302, 302, 404, 404),
    ("/home/requests/{request}/", "accept=1"): (302, 302, 302, 302, 302, 302),  # another's is none of one's own
    ("/account/bars/{silence}/", ""): (302, 302, 404, 404, 404, 302),
    ("/account/profile/picture/", ""): (404, 404, 302, 302, 302, 302),
}
NOT_ASKED_SO = {
    "/@ana/followers/follower/", "/@ana/blocks/", "/@ana/mutes/", "/home/requests/{request}/", "/account/bars/{silence}/",
    "/account/profile/picture/",
}  # fmt: skip


@pytest.fixture
def browsers(thehague: City, plovdiv: City, visitor: Person) -> Mapping[str, Client]:
    ana, follower, blocked = (resident(name, locked=name == "ana") for name in ("ana", "follower", "blocked"))
    Follow.objects.create(actor=follower, target=ana)
    Bar.put(ana, blocked, "block", by="ana")
    FollowRequest.objects.create(actor=resident("asks"), target=ana)
    Silence.keep(ana, "word", "rain", by="ana")
    Takeout.ask(person_of(ana))
    gone = resident("gone")
    say(gone, "Once")
    gone.gone_at = timezone.now()
    gone.save()
    say(thehague.actor, "To the #sea")
    signed = {"stranger": resident("stranger"), "follower": follower, "blocked": blocked, "ana": ana}
    clients = {who: sign_in(person_of(actor)) for who, actor in signed.items()}
    return {"nobody": Client(), "no profile": sign_in(visitor), **clients}


def address(pattern: str) -> str:
    numbers: dict[str, Any] = {"takeout": Takeout, "request": FollowRequest, "silence": Silence}
    return pattern.format(**{name: model.objects.get().pk for name, model in numbers.items()})


@pytest.mark.parametrize("pattern", SEEN)
def test_who_sees_what(browsers: Mapping[str, Client], pattern: str) -> None:
    assert tuple(browsers[who].get(address(pattern)).status_code for who in WHO) == SEEN[pattern]


@pytest.mark.parametrize(("pattern", "said"), DONE)
def test_who_does_what(browsers: Mapping[str, Client], pattern: str, said: str) -> None:
    form = dict([said.split("=")]) if said else {}
    where = address(pattern)
    assert tuple(browsers[who].post(where, form).status_code for who in WHO) == DONE[pattern, said]


@pytest.mark.parametrize("pattern", sorted(NOT_ASKED_SO))
def test_deeds_are_not_done_by_looking(browsers: Mapping[str, Client], pattern: str) -> None:
    assert {browsers[who].get(address(pattern)).status_code for who in WHO} == {405}


def test_a_request_is_answered_by_nobody_else(browsers: Mapping[str, Client]) -> None:
    for who in WHO[:-1]:
        browsers[who].post(address("/home/requests/{request}/"), {"accept": "1"})
    assert FollowRequest.objects.count() == 1
    browsers["ana"].post(address("/home/requests/{request}/"), {"accept": "1"})
    assert not FollowRequest.objects.exists()


@pytest.mark.parametrize("wrong", ["99999999999999999999", "0"])
def test_numbers_that_are_none_are_not_found(browsers: Mapping[str, Client], wrong: str) -> None:
    for pattern in ("/account/export/{}/", "/@ana/followers/?after={}", "/@ana/posts.atom?before={}"):
        assert browsers["ana"].get(pattern.format(wrong)).status_code in {404, 200}, pattern
