"""Closing an account: gone at once, back by signing in, purged after thirty days."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from conftest import sign_in
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Member
from cityplus.languages.text import Text
from cityplus.media import store, sweeping
from cityplus.media.models import Medium
from cityplus.media.tests.conftest import add, photo, work
from cityplus.moderation.models import Standing
from cityplus.people.models import Letter, Person
from cityplus.social import posting, timelines
from cityplus.social.accounts import leaving
from cityplus.social.errors import Gone
from cityplus.social.models import (
    Boost,
    Closing,
    Entry,
    Favourite,
    Follow,
    Mention,
    Post,
    Profile,
    Tagging,
)
from cityplus.social.speakers.reader import NOBODY
from cityplus.social.tests.cast import person_of, reads, resident, say
from cityplus.social.tests.test_counters import true
from cityplus.social.tests.test_following import browser

pytestmark = pytest.mark.django_db
PAGE = "/account/closing/"


def confirmed(person: Person) -> Client:
    """Signed in a moment ago, as the page wants it."""
    client = Client()
    client.post("/account/session/", {"login": person.username, "password": "a long password"})
    client.post("/account/session/again/", {"password": "a long password"})
    return client


def counts(*posts: Post) -> list[tuple[int, int, int, int]]:
    rows = Post.objects.in_bulk([post.pk for post in posts])
    return [(r.replies, r.quotes, r.favourites, r.boosts) for r in (rows[post.pk] for post in posts)]


@pytest.fixture
def life(thehague: City) -> tuple[Actor, Actor, Post, Post]:
    """Ana, who talks with the city and with Bo: her, Bo, the city's post, and her own that Bo likes."""
    ana, bo = resident("ana", thehague), resident("bo")
    theirs = say(thehague.actor, "Hello #sea")
    own = say(ana, "First #sea")
    say(ana, "An answer", reply_to=theirs)
    say(ana, "Look", quote=theirs)
    for mark in (Favourite, Boost):
        mark.put(ana, theirs, by="ana")
        mark.put(bo, own, by="bo")
    Follow.begin(ana, thehague.actor, by="ana")
    Follow.begin(bo, ana, by="bo")
    Follow.begin(ana, bo, by="ana")
    return ana, bo, theirs, own


def test_it_asks_who_is_there_and_whether_they_are_sure(visitor: Person) -> None:
    assert sign_in(visitor).post(PAGE, {"sure": "1"})["Location"].startswith("/account/session/again/")
    assert confirmed(visitor).post(PAGE).status_code == 422
    assert not Closing.objects.exists()


def test_one_is_gone_at_once_and_signed_out_everywhere(life: tuple[Actor, Actor, Post, Post]) -> None:
    ana, bo, theirs, own = life
    person = person_of(ana)
    person.email = "ana@example.org"
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    elsewhere, here = confirmed(person), confirmed(person)
    assert here.post(PAGE, {"sure": "1"})["Location"] == "/"
    for client in (here, elsewhere):
        assert client.get("/account/").status_code == 302
    for address in ("/@ana/", "/@ana/followers/", "/@ana/posts.atom", own.get_absolute_url()):
        for client in (Client(), browser(bo)):
            assert client.get(address).status_code == 404, address
    assert not [line for line in timelines.network(NOBODY).lines if ana.pk in {line.author, line.actor}]
    assert [line.post for line in timelines.home(reads(bo)).lines] == []
    assert counts(theirs) == [(0, 0, 0, 0)]
    assert true(bo)
    assert true(theirs.author)
    assert "@ana" not in Client().get("/@bo/following/").content.decode()
    assert Letter.objects.get(to="ana@example.org").subject == "Your account is closed"


def test_signing_in_brings_everything_back(life: tuple[Actor, Actor, Post, Post]) -> None:
    ana, bo, theirs, own = life
    before = counts(theirs, own)
    entries = list(Entry.objects.order_by("pk").values_list("pk", "kind", "actor", "listed"))
    leaving.close(person_of(ana), by="ana")
    leaving.put_away(Closing.objects.get().pk)  # the worker does it once more
    assert counts(theirs) == [(0, 0, 0, 0)]
    answer = Client().post("/account/session/", {"login": "ana", "password": "a long password"})
    assert answer.status_code == 302
    assert counts(theirs, own) == before
    assert list(Entry.objects.order_by("pk").values_list("pk", "kind", "actor", "listed")) == entries
    assert Follow.objects.count() == 3
    for actor in (ana, bo, theirs.author):
        assert true(actor)
    assert Client().get("/@ana/").status_code == 200
    assert leaving.purge_due(timezone.now() + timedelta(days=31)) == 0


@pytest.mark.parametrize("first", [True, False], ids=["before", "meanwhile"])
def test_who_is_suspended_stays_away_until_that_ends(life: tuple[Actor, Actor, Post, Post], first: bool) -> None:
    ana, _bo, theirs, own = life
    person, before = person_of(ana), counts(theirs)
    deeds: list[Callable[[], object]] = [
        lambda: Standing.settle(ana, "suspended", by="office"),
        lambda: leaving.close(person, by="ana"),
    ]
    for deed in deeds if first else deeds[::-1]:
        deed()
    leaving.reopen(person, by="ana")
    for address in ("/@ana/", own.get_absolute_url()):
        assert Client().get(address).status_code == 404
    assert counts(theirs) == before  # as of everybody who is suspended
    Standing.settle(ana, "good", by="office")
    assert Client().get("/@ana/").status_code == 200
    assert counts(theirs) == before
    assert Entry.objects.filter(actor=ana, kind="own").count() == 3


def test_who_closed_stays_gone_when_a_suspension_ends(life: tuple[Actor, Actor, Post, Post]) -> None:
    ana = life[0]
    person = person_of(ana)
    Standing.settle(ana, "suspended", by="office")
    leaving.close(person, by="ana")
    Standing.settle(ana, "good", by="office")
    assert Client().get("/@ana/").status_code == 404
    assert not Entry.objects.filter(actor=ana).exists()
    leaving.reopen(person, by="ana")
    assert Client().get("/@ana/").status_code == 200


def test_nothing_of_it_is_left_after_thirty_days(life: tuple[Actor, Actor, Post, Post], tmp_path: Path) -> None:
    ana, bo, theirs, own = life
    person = person_of(ana)
    picture = add(ana, photo(tmp_path / "me.jpg"), alt=Text.of("en", en="Me"))
    say(ana, "My picture", media=[picture])
    answer = say(bo, "An answer to you", reply_to=own)
    work()
    leaving.close(person, by="ana")
    assert leaving.purge_due() == 0
    assert leaving.purge_due(timezone.now() + timedelta(days=30)) == 1
    assert leaving.purge_due(timezone.now() + timedelta(days=30)) == 0
    ana.refresh_from_db()
    assert (bool(ana.names), ana.gone_at is None, Post.objects.filter(author=ana).count()) == (False, False, 0)
    assert not Tagging.objects.filter(post__author=ana).exists()
    assert not Mention.objects.filter(actor=ana).exists()
    assert not Medium.objects.exists()
    assert sweeping.sweep(grace_hours=0).files > 0
    assert not store.has(picture.original)
    person.refresh_from_db()
    assert (person.username, person.email, person.is_active) == (f"closed-{person.pk}", "", False)
    assert Profile.objects.get(actor=ana).person is None
    assert counts(theirs) == [(0, 0, 0, 0)]
    assert true(bo)
    assert Client().get(answer.get_absolute_url()).status_code == 200
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        Profile.open(resident("new").profile.person, "ana", Text.of("en", en="Ana"), ["en"])
    assert sign_in_fails("ana")


def sign_in_fails(name: str) -> bool:
    client = Client()
    client.post("/account/session/", {"login": name, "password": "a long password"})
    return client.get("/account/").status_code == 302


def test_an_owner_hands_over_first(thehague: City, owner: Person, editor: Person) -> None:
    client = confirmed(owner)
    page = client.post(PAGE, {"sure": "1"})
    assert page.status_code == 422
    assert "Make somebody else an owner first" in page.content.decode()
    assert not Closing.objects.exists()
    Member.objects.filter(person=editor).update(role="owner")
    assert client.post(PAGE, {"sure": "1"}).status_code == 302
    assert list(Member.objects.values_list("person__username", flat=True)) == ["thehague-editor"]


def test_an_officer_does_not_close_their_own(visitor: Person) -> None:
    visitor.is_staff = True
    visitor.save()
    assert "network office" in confirmed(visitor).post(PAGE, {"sure": "1"}).content.decode()


def test_other_rooms_are_asked_to_do_theirs(visitor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def says(what: str) -> Callable[..., None]:
        return lambda person, actor: done.append(what)

    part = leaving.Part(says("away"), says("back"), says("purge"))
    monkeypatch.setattr(leaving, "_parts", {"test": part})
    leaving.close(visitor, by="visitor")
    leaving.reopen(visitor, by="visitor")
    leaving.close(visitor, by="visitor")
    leaving.purge_due(timezone.now() + timedelta(days=31))
    assert done == ["away", "back", "away", "purge"]


@pytest.mark.django_db(transaction=True)
def test_nobody_posts_in_an_account_that_is_closed_meanwhile(thehague: City) -> None:
    ana = resident("ana")
    theirs = say(thehague.actor)

    def once(number: int) -> None:
        try:
            if number == 10:
                leaving.close(person_of(ana), by="ana")
            else:
                say(ana, "Still here", reply_to=theirs)
        except Gone:
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as people:
        list(people.map(once, range(40)))
    leaving.put_away(Closing.objects.get().pk)
    assert not Entry.objects.filter(actor=ana).exists()
    assert counts(theirs) == [(0, 0, 0, 0)]
    with pytest.raises(Gone):
        say(ana, "Too late")
    posted = Post.objects.filter(author=ana).count()
    leaving.reopen(person_of(ana), by="ana")
    assert counts(theirs) == [(posted, 0, 0, 0)]
    assert true(ana)


@pytest.mark.django_db(transaction=True)
def test_an_account_that_is_closed_twice_is_closed_once() -> None:
    ana = resident("ana")

    def once(_: int) -> None:
        try:
            leaving.close(person_of(ana), by="ana")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as people:
        list(people.map(once, range(8)))
    assert Closing.objects.count() == 1


def test_a_deleted_post_of_somebody_gone_is_counted_once(life: tuple[Actor, Actor, Post, Post]) -> None:
    ana, _bo, theirs, _own = life
    leaving.close(person_of(ana), by="ana")
    answer = Post.objects.get(author=ana, reply_to=theirs)
    posting.hide(answer, by="thehague-editor")
    assert counts(theirs) == [(0, 0, 0, 0)]
    leaving.reopen(person_of(ana), by="ana")
    posting.show(answer, by="thehague-editor")
    assert counts(theirs) == [(1, 1, 1, 1)]
