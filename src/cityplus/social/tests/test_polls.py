"""Polls: results only for who has voted or once it is over, every vote once, and none after the end."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any, TypeVar

import pytest
from conftest import sign_in
from django.db import connection
from django.test import Client
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.jobs.models import Job
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.people.models import Person
from cityplus.social.errors import BadPost, NotAllowed
from cityplus.social.models import Ballot, Choice, Follow, Poll, Post
from cityplus.social.rendering import polls
from cityplus.social.speakers.reader import NOBODY
from cityplus.social.tests.cast import reads, resident, say
from cityplus.social.tests.forms import form
from cityplus.social.writing import Asked

pytestmark = pytest.mark.django_db
T = TypeVar("T")
DAY = timedelta(days=1)


def asks(author: Actor, *, many: bool = False, count: int = 3, **rest: Any) -> Poll:
    """A poll in English with a few answers, open for a day."""
    options = [Text.of("en", en=f"Answer {n}") for n in range(count)]
    post = say(author, "Which?", poll=Asked(options, timezone.now() + DAY, many), **rest)
    return Poll.objects.get(post=post)


def end(poll: Poll) -> None:
    Poll.objects.filter(pk=poll.pk).update(ends_at=timezone.now() - timedelta(seconds=1))


def counted(poll: Poll) -> None:
    """Its numbers are those of its rows."""
    poll.refresh_from_db()
    assert poll.voters == Ballot.objects.filter(poll=poll).count()
    for option in poll.options.all():
        assert option.votes == Choice.objects.filter(option=option).count()


def at_once(deed: Callable[[int], T], times: int = 8) -> list[T]:
    gate = Barrier(times)

    def one(number: int) -> T:
        try:
            gate.wait(30)
            return deed(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_numbers_are_for_those_who_have_voted(thehague: City) -> None:
    ana, bo = resident("ana"), resident("bo")
    poll = asks(thehague.actor)
    poll.cast(ana, [1], by="ana")

    def told(actor: Actor | None) -> list[tuple[int | None, int | None, bool]]:
        shown = polls.shown([poll.pk], reads(actor) if actor else NOBODY)[poll.pk]
        return [(answer.votes, answer.percent, answer.mine) for answer in shown.answers]

    unknown = [(None, None, False)] * 3
    assert told(bo) == told(None) == unknown
    assert told(ana) == [(0, 0, False), (1, 100, True), (0, 0, False)]
    assert told(thehague.actor) == [(0, 0, False), (1, 100, False), (0, 0, False)], "who asks may see"
    end(poll)
    assert told(bo) == told(None) == [(0, 0, False), (1, 100, False), (0, 0, False)]


def test_a_vote_is_cast_once_and_stays(thehague: City) -> None:
    ana, bo = resident("ana"), resident("bo")
    poll = asks(thehague.actor, many=True)
    for _ in range(2):
        poll.cast(ana, [0, 2], by="ana")
    poll.cast(ana, [1], by="ana")
    poll.cast(bo, [2], by="bo")
    counted(poll)
    assert [option.votes for option in poll.options.all()] == [1, 0, 2]
    assert (poll.voters, Entry.objects.filter(verb="ballot.cast").count()) == (2, 2)
    assert not any("option" in str(entry.data) for entry in Entry.objects.filter(verb="ballot.cast"))


@pytest.mark.parametrize("places", [[], [7], [0, 7], [0, 1]])
def test_what_cannot_be_chosen_is_refused(thehague: City, places: list[int]) -> None:
    poll = asks(thehague.actor)
    with pytest.raises(BadPost):
        poll.cast(resident("ana"), places, by="ana")
    counted(poll)
    assert poll.voters == 0


def test_nobody_votes_after_the_end(thehague: City) -> None:
    ana, poll = resident("ana"), asks(thehague.actor)
    end(poll)
    with pytest.raises(NotAllowed):
        poll.cast(ana, [0], by="ana")
    assert not Ballot.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_one_time_are_one_vote(thehague: City) -> None:
    ana, poll = resident("ana"), asks(thehague.actor)
    ballots = at_once(lambda n: Poll.objects.get(pk=poll.pk).cast(ana, [n % 3], by="ana").pk)
    assert len(set(ballots)) == 1
    counted(poll)
    assert poll.voters == 1


@pytest.mark.django_db(transaction=True)
def test_many_voters_at_one_time_all_count(thehague: City) -> None:
    people, poll = [resident(f"p{n}") for n in range(8)], asks(thehague.actor)
    at_once(lambda n: Poll.objects.get(pk=poll.pk).cast(people[n], [0], by=f"p{n}"))
    counted(poll)
    assert poll.voters == 8


def test_its_end_is_told_once_by_the_worker(thehague: City) -> None:
    poll = asks(thehague.actor)
    job = Job.objects.get(kind="social.poll")
    assert job.run_after == poll.ends_at
    polls.close(poll.pk)
    assert not Entry.objects.filter(verb="poll.closed").exists(), "it is not over"
    end(poll)
    before = Post.objects.get(pk=poll.pk).revision
    for _ in range(2):
        polls.close(poll.pk)
    assert Entry.objects.filter(verb="poll.closed").count() == 1
    assert Post.objects.get(pk=poll.pk).revision == before + 1
    poll.post.delete()
    polls.close(poll.pk)


def vote(browser: Client, poll: Poll, *places: int, **rest: Any) -> Any:
    return browser.post(f"{poll.post.get_absolute_url()}votes/", {f"vote-{poll.pk}": places, **rest})


def test_one_votes_on_the_page(thehague: City, editor: Person, stranger: Client) -> None:
    resident("ana")
    poll, browser = asks(thehague.actor), sign_in(Person.objects.get(username="ana"))
    address = poll.post.get_absolute_url()
    assert f'name="vote-{poll.pk}"' in browser.get(address).content.decode()
    assert "Sign in to vote" in stranger.get(address).content.decode()
    assert vote(browser, poll, 1, next="//evil.example/")["Location"] == f"{address}#poll-{poll.pk}"
    assert vote(browser, poll, 0, next="/posts/")["Location"] == "/posts/"
    counted(poll)
    assert [option.votes for option in poll.options.all()] == [0, 1, 0]
    page = browser.get(address).content.decode()
    assert "Your vote" in page
    assert "100 %" in page
    assert "100 %" not in stranger.get(address).content.decode()
    vote(sign_in(editor), poll, 0)
    assert Ballot.objects.count() == 1, "who asks does not vote"


def test_a_poll_for_followers_is_nobody_elses(thehague: City) -> None:
    ana, bo = resident("ana"), resident("bo")
    Follow.begin(ana, thehague.actor, by="ana")
    poll = asks(thehague.actor, audience="followers")
    assert vote(sign_in(Person.objects.get(username="bo")), poll, 0).status_code == 404
    assert vote(Client(), poll, 0).status_code == 302
    assert vote(sign_in(Person.objects.get(username="ana")), poll, 0).status_code == 302
    assert list(Ballot.objects.values_list("actor", flat=True)) == [ana.pk]
    assert vote(sign_in(Person.objects.get(username="ana")), Poll(post=say(thehague.actor)), 0).status_code == 404
    del bo


def test_a_poll_is_written_in_the_form(thehague: City) -> None:
    resident("ana", thehague)
    browser = sign_in(Person.objects.get(username="ana"))
    page = browser.post("/posts/new/", form(deed="poll")).content.decode()
    assert page.count('name="option-') == 2
    page = browser.post(
        "/posts/new/", form(deed="option", poll="1", poll_options="7", option__6__en="Last")
    ).content.decode()
    assert page.count('name="option-') == 8
    assert 'value="Last"' in page
    assert 'value="option"' not in page, "eight are the most"
    ends = (timezone.now() + DAY).strftime("%Y-%m-%dT%H:%M")
    two = form(
        language=["en", "nl"], text__nl="Welke?", poll="1", poll_options="3",
        option__0__en="Sea", option__0__nl="Zee", option__1__en="Pier",
        poll_ends=ends,
    )  # fmt: skip
    assert browser.post("/posts/new/", two).status_code == 400, "an answer lacks a language"
    assert browser.post("/posts/new/", two | {"option-1-nl": "Pier", "poll_many": "1"}).status_code == 302
    poll = Poll.objects.get()
    assert [option.words.in_language("nl") for option in poll.options.all()] == ["Zee", "Pier"], "the empty one is left"
    assert poll.many
    assert poll.ends_at.strftime("%Y-%m-%dT%H:%M") != ends, "the clock is that of where ana lives"


@pytest.mark.parametrize(
    ("count", "ends"), [(1, DAY), (9, DAY), (2, timedelta(minutes=1)), (2, timedelta(days=400)), (2, -DAY)]
)
def test_polls_have_bounds(thehague: City, count: int, ends: timedelta) -> None:
    options = [Text.of("en", en=f"Answer {n}") for n in range(count)]
    with pytest.raises(BadPost):
        say(thehague.actor, poll=Asked(options, timezone.now() + ends))
    with pytest.raises(BadPost):
        say(thehague.actor, poll=Asked([Text.of("en", en="Same"), Text.of("en", en="same")], timezone.now() + DAY))
    assert not Post.objects.exists()
