"""Following in the browser: begun, asked, accepted, ended; lists, and who sees them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.people.models import Person
from cityplus.social.models import Bar, Follow, FollowRequest, Tally
from cityplus.social.tests.cast import resident
from cityplus.social.tests.test_counters import at_one_time, true

pytestmark = pytest.mark.django_db


def browser(actor: Actor) -> Client:
    return sign_in(actor.profile.person)


def test_a_city_is_followed_and_no_longer(thehague: City) -> None:
    ana = resident("ana")
    client = browser(ana)
    for _ in range(2):
        answer = client.post("/@thehague/followers/", {"on": "1", "next": "/cities/"})
        assert (answer.status_code, answer["Location"]) == (302, "/cities/")
    assert Tally.objects.get(pk=thehague.actor_id).followers == 1
    assert "@ana" in Client().get("/@thehague/followers/").content.decode()
    assert "@thehague" in Client().get("/@ana/following/").content.decode()
    client.post("/@thehague/followers/", {"on": "0"})
    assert not Follow.objects.exists()
    assert true(thehague.actor)
    assert true(ana)


def test_one_is_led_to_pages_of_ours_alone(thehague: City) -> None:
    client = browser(resident("ana"))
    for wrong in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"):
        assert client.post("/@thehague/followers/", {"next": wrong})["Location"] == "/@thehague/", wrong


def test_who_is_not_signed_in_or_has_no_profile_is_led_there(thehague: City, visitor: Person, stranger: Client) -> None:
    said = {"on": "1", "next": "/@thehague/"}
    assert stranger.post("/@thehague/followers/", said)["Location"].startswith("/account/session/")
    wanted = "/account/profile/?next=%2F%40thehague%2F"
    assert sign_in(visitor).post("/@thehague/followers/", said)["Location"] == wanted
    assert not Follow.objects.exists()


def test_a_pair_is_followed(thehague: City, shenzhen: City) -> None:
    pair = Actor.objects.create(handle="shenzhen+thehague", kind="pair", names=Text.of("en", en="Both"))
    ana = resident("ana")
    answer = browser(ana).post("/@shenzhen+thehague/followers/", {"on": "1"})
    assert answer["Location"] == "/ties/shenzhen+thehague/"
    assert Follow.objects.filter(actor=ana, target=pair).exists()


def test_one_follows_as_a_city(thehague: City, shenzhen: City, owner: Person) -> None:
    client = sign_in(owner)
    assert client.post("/@shenzhen/followers/", {"on": "1", "as": "thehague"}).status_code == 302
    assert Follow.objects.filter(actor=thehague.actor, target=shenzhen.actor).exists()
    assert client.post("/@shenzhen/followers/", {"on": "1", "as": "shenzhen"}).status_code == 404


def test_a_locked_person_is_asked_and_answers(thehague: City) -> None:
    ana, bo, cy = resident("ana", locked=True), resident("bo"), resident("cy")
    for one in (bo, cy):
        browser(one).post("/@ana/followers/", {"on": "1"})
    assert not Follow.objects.exists()
    page = browser(ana).get("/home/requests/").content.decode()
    assert "@bo" in page
    assert "@cy" in page
    numbers = {asked.actor.handle: asked.pk for asked in FollowRequest.objects.select_related("actor")}
    browser(ana).post(f"/home/requests/{numbers['bo']}/", {"accept": "1"})
    browser(ana).post(f"/home/requests/{numbers['cy']}/", {"accept": "0"})
    assert set(Follow.objects.values_list("actor__handle", flat=True)) == {"bo"}
    assert not FollowRequest.objects.exists()


def test_nobody_answers_for_another() -> None:
    ana, bo = resident("ana", locked=True), resident("bo")
    asked = Follow.begin(bo, ana, by="bo")
    browser(bo).post(f"/home/requests/{asked.pk}/", {"accept": "1"})
    assert not Follow.objects.exists()
    assert browser(ana).post(f"/home/requests/{asked.pk}/", {"accept": "perhaps"}).status_code == 404


def test_the_lists_of_a_locked_person_are_for_followers() -> None:
    ana, bo, cy = resident("ana", locked=True), resident("bo"), resident("cy")
    Follow.objects.create(actor=bo, target=ana)
    for address in ("/@ana/followers/", "/@ana/following/"):
        seen = [client.get(address).status_code for client in (Client(), browser(cy), browser(bo), browser(ana))]
        assert seen == [404, 404, 200, 200]


def test_a_follower_is_removed_by_nobody_else() -> None:
    ana, bo, cy = resident("ana"), resident("bo"), resident("cy")
    Follow.begin(bo, ana, by="bo")
    assert browser(cy).post("/@ana/followers/bo/", {"on": "0"}).status_code == 404
    assert Follow.objects.exists()
    assert browser(ana).post("/@ana/followers/bo/", {"on": "1"}).status_code == 404
    assert browser(ana).post("/@ana/followers/bo/", {"on": "0"})["Location"] == "/@ana/followers/"
    assert not Follow.objects.exists()
    assert true(ana)
    assert true(bo)


def test_lists_come_a_page_at_a_time(thehague: City, django_assert_max_num_queries: Callable[..., object]) -> None:
    for number in range(45):
        Follow.begin(resident(f"r{number}"), thehague.actor, by="test")
    client = Client()
    first = client.get("/@thehague/followers/").content.decode()
    assert "@r44<" in first
    assert "@r4<" not in first
    last = Follow.objects.get(actor__handle="r5").pk
    with django_assert_max_num_queries(9):
        second = client.get(f"/@thehague/followers/?after={last}").content.decode()
    assert "@r4<" in second


def test_who_is_blocked_finds_nothing(thehague: City) -> None:
    ana, bo = resident("ana"), resident("bo")
    Follow.begin(bo, ana, by="bo")
    browser(ana).post("/@bo/blocks/", {"on": "1"})
    assert not Follow.objects.exists()
    for address in ("/@ana/", "/@ana/posts/", "/@ana/followers/", "/@ana/following/"):
        assert browser(bo).get(address).status_code == 404
    for address in ("/@ana/followers/", "/@ana/mutes/", "/@ana/blocks/"):
        assert browser(bo).post(address, {"on": "1"}).status_code == 404
    assert browser(ana).get("/@bo/").status_code == 200
    browser(ana).post("/@bo/blocks/", {"on": "0"})
    assert not Bar.objects.exists()
    assert browser(bo).get("/@ana/").status_code == 200


def test_who_is_gone_is_nowhere() -> None:
    ana, bo = resident("ana"), resident("bo")
    Follow.begin(ana, bo, by="ana")
    ana.gone_at = ana.made_at
    ana.save()
    for address in ("/@ana/", "/@ana/followers/", "/@ana/following/", "/@ana/posts.atom", "/@ana/posts.json"):
        assert browser(bo).get(address).status_code == 404, address
    assert "@ana" not in browser(bo).get("/@bo/followers/").content.decode()
    assert browser(bo).post("/@ana/followers/", {"on": "1"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_request_that_is_accepted_twice_is_one_follow() -> None:
    ana, bo = resident("ana", locked=True), resident("bo")
    asked = Follow.begin(bo, ana, by="bo")
    assert isinstance(asked, FollowRequest)
    at_one_time(lambda: asked.accept(by="ana"), 20)
    assert Follow.objects.count() == 1
    assert true(ana)
    assert true(bo)
