"""What is kept while somebody writes, and what is posted at a moment: once, and only by who may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import sign_in
from django.db import connection
from django.test import Client
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Member
from cityplus.jobs import worker
from cityplus.jobs.models import Job
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.composing import holding, sending
from cityplus.social.errors import BadPost, Held
from cityplus.social.models import Post, Sheet
from cityplus.social.moderating import gate
from cityplus.social.tests.cast import resident, say
from cityplus.social.tests.forms import NONCE, form

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(editor: Person) -> Client:
    return sign_in(editor)


def later(zone: str = "Europe/Amsterdam", days: int = 1) -> str:
    return (datetime.now(ZoneInfo(zone)) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def set_for_later(browser: Client, **fields: Any) -> Sheet:
    answer = browser.post("/posts/new/", form(deed="schedule", **{"due": later(), **fields}))
    assert answer.status_code == 302, answer.content.decode()
    return Sheet.objects.get()


def come(sheet: Sheet) -> None:
    """Its moment comes: the worker does the job that was enqueued for it."""
    Job.objects.filter(kind="social.sheet").update(run_after=timezone.now())
    while worker.run_one("test"):
        pass


def test_what_is_being_written_is_kept_and_gone_on_with(team: Client) -> None:
    kept = team.post("/posts/drafts/", form(text__en="Half a th", attach="/nowhere/", poll="1", poll_options="2"))
    assert kept.json()["kept"]
    assert team.post("/posts/drafts/", form(text__en="Half a thought")).json() == kept.json(), "one form is one sheet"
    page = team.get(kept.json()["url"]).content.decode()
    assert "Half a thought</textarea>" in page
    assert f'name="nonce" value="{NONCE}"' in page
    assert "Half a thought" in team.get("/posts/drafts/").content.decode()
    assert team.post("/posts/new/", form(text__en="Half a thought, whole.")).status_code == 302
    assert not Sheet.objects.exists()
    late = team.post("/posts/drafts/", form(text__en="Half a thought"))
    assert (late.status_code, Sheet.objects.count()) == (409, 0), "a late echo of the form brings nothing back"


def test_an_empty_form_leaves_no_sheet(team: Client) -> None:
    assert team.post("/posts/drafts/", form(text__en=" ")).json() == {"kept": False}
    assert team.post("/posts/drafts/", form(nonce="<script>")).status_code == 400
    assert not Sheet.objects.exists()


def test_sheets_are_their_voices_alone(team: Client, owner: Person, stranger: Client) -> None:
    resident("ana")
    ana = sign_in(Person.objects.get(username="ana"))
    url = team.post("/posts/drafts/", form(text__en="The secret of the city")).json()["url"]
    sheet = Sheet.objects.get()
    assert "The secret" in sign_in(owner).get("/posts/drafts/").content.decode(), "the team shares them"
    for browser, status in ((ana, 404), (stranger, 302)):
        assert browser.get(url).status_code == status
        assert "The secret" not in browser.get("/posts/drafts/").content.decode()
        browser.post(f"{url}removal/")
        browser.post(f"{url}moment/")
    assert ana.post("/posts/drafts/", form(text__en="Mine now")).status_code == 409
    sheet.refresh_from_db()
    assert sheet.document["text"] == {"en": "The secret of the city"}
    team.post(f"{url}removal/")
    assert not Sheet.objects.exists()


def test_it_is_posted_at_its_moment_by_the_clocks_of_the_city(team: Client, thehague: City) -> None:
    due = later()
    sheet = set_for_later(team, due=due)
    assert sheet.due_at and sheet.due_at.astimezone(thehague.zone).strftime("%Y-%m-%dT%H:%M") == due
    page = team.get("/posts/drafts/").content.decode()
    assert "UTC+1" in page or "UTC+2" in page
    assert '<own-time datetime="' in page
    while worker.run_one("test"):
        pass
    assert not Post.objects.exists(), "its moment has not come"
    come(sheet)
    post = Post.objects.get()
    assert (post.author, post.by, str(post.text)) == (thehague.actor, "thehague-editor", "Hello.")
    assert not Sheet.objects.exists()
    sending.send_due(sheet.pk, (sheet.due_at or timezone.now()).isoformat())
    assert Post.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_time_post_it_once(team: Client) -> None:
    sheet = set_for_later(team)
    moment, barrier = (sheet.due_at or timezone.now()).isoformat(), Barrier(4)

    def work(_number: int) -> None:
        try:
            barrier.wait(30)
            sending.send_due(sheet.pk, moment)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert Post.objects.count() == 1
    assert not Sheet.objects.exists()


@pytest.fixture
def crowd() -> Iterator[Crowd]:
    """So many forms wait at the gate for each other: each was looked up before one of them was posted."""
    found = Crowd(4)
    gate.plug("crowd", found.at_the_gate)
    yield found
    gate.unplug("crowd")


class Crowd:
    """Threads that post as if each was a process: each looks for what was posted, and goes on when all of them have looked."""

    def __init__(self, count: int) -> None:
        self.count, self.gate = count, Barrier(count)

    def at_the_gate(self, author: Actor, writing: Any, by: str) -> None:
        del author, writing, by
        self.gate.wait(60)

    def all(self, deed: Callable[[int], str]) -> list[str]:
        def one(number: int) -> str:
            try:
                return deed(number)
            finally:
                connection.close()

        with ThreadPoolExecutor(self.count) as pool:
            return list(pool.map(one, range(self.count)))


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_one_time_post_once(editor: Person, crowd: Crowd) -> None:
    browsers = [sign_in(editor) for _ in range(crowd.count)]
    places = crowd.all(lambda number: str(browsers[number].post("/posts/new/", form())["Location"]))
    assert len(set(places)) == 1
    assert Post.objects.count() == 1


def test_another_moment_replaces_the_first_and_none_keeps_it(team: Client) -> None:
    sheet = set_for_later(team)
    first = sheet.due_at
    assert team.post("/posts/new/", form(deed="schedule", due=later(days=2), text__en="New")).status_code == 302
    assert first
    sending.send_due(sheet.pk, first.isoformat())
    assert not Post.objects.exists()
    team.post(f"/posts/drafts/{sheet.pk}/moment/")
    come(sheet)
    assert not Post.objects.exists()
    assert Sheet.objects.get().due_at is None


def test_what_stands_there_at_the_moment_is_posted(team: Client, owner: Person) -> None:
    sheet = set_for_later(team)
    sign_in(owner).post("/posts/drafts/", form(text__en="Better."))
    come(sheet)
    post = Post.objects.get()
    assert (str(post.text), post.by) == ("Better.", "thehague-editor"), "who set the moment answers for it"


@pytest.mark.parametrize("due", ["", "soon", "2020-01-01T10:00", "2999-01-01T10:00", "2027-03-28T02:30"])
def test_a_moment_that_is_none_is_refused(team: Client, due: str) -> None:
    answer = team.post("/posts/new/", form(deed="schedule", due=due))
    assert (answer.status_code, 'href="#at-due"' in answer.content.decode()) == (400, True)
    assert not Sheet.objects.exists()


def test_what_could_not_be_posted_now_is_not_set_for_later(team: Client) -> None:
    assert team.post("/posts/new/", form(deed="schedule", due=later(), text__en="")).status_code == 400
    soon = form(
        deed="schedule",
        due=later(days=3),
        poll="1",
        poll_options="2",
        option__0__en="a",
        option__1__en="b",
        poll_ends=later(),
    )
    answer = team.post("/posts/new/", soon)
    assert "would be over before" in answer.content.decode()
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("lost", ["left", "role", "closed"])
def test_who_lost_the_right_does_not_speak_and_the_team_is_told(
    team: Client, editor: Person, owner: Person, thehague: City, lost: str
) -> None:
    sheet = set_for_later(team)
    if lost == "left":
        Member.objects.filter(person=editor).delete()
    elif lost == "role":
        Member.objects.filter(person=editor).update(role=Member.Role.TRANSLATOR)
    else:
        Person.objects.filter(pk=editor.pk).update(is_active=False)
    come(sheet)
    assert not Post.objects.exists()
    page = sign_in(owner).get("/posts/drafts/").content.decode()
    assert "may not speak in this name any more" in page
    assert Sheet.objects.get().due_at is None
    assert sending.pass_on(thehague.actor, "thehague-editor", "thehague-owner") == 0


def test_who_hands_over_hands_over_what_waits(team: Client, editor: Person, owner: Person, thehague: City) -> None:
    sheet = set_for_later(team)
    assert sending.pass_on(thehague.actor, "thehague-editor", "thehague-owner") == 1
    Member.objects.filter(person=editor).delete()
    come(sheet)
    assert Post.objects.get().by == "thehague-owner"


@pytest.mark.parametrize("what", ["deleted", "closed"])
def test_what_it_answers_may_be_gone_by_then(team: Client, what: str) -> None:
    said = say(resident("ana"))
    answer = team.post(f"{said.get_absolute_url()}replies/", form(deed="schedule", due=later()))
    assert answer.status_code == 302
    sheet = Sheet.objects.get()
    assert f'action="{said.get_absolute_url()}replies/"' in team.get(sheet.get_absolute_url()).content.decode()
    (posting.delete if what == "deleted" else posting.freeze)(said, by="ana")
    come(sheet)
    assert Post.objects.count() == 1
    assert "has been deleted meanwhile" in team.get("/posts/drafts/").content.decode()


@pytest.fixture
def guarded() -> Iterator[list[tuple[int, str]]]:
    """A guard that holds what has “look” in it, and refuses what has “never”."""
    waiting: list[tuple[int, str]] = []

    def guard(author: Actor, writing: Any, by: str) -> None:
        del author, by
        if "never" in str(writing.text):
            raise BadPost("Nobody says that here.")
        if "look" in str(writing.text):
            raise Held("It has a word.")

    gate.plug("test", guard, lambda sheet, why: waiting.append((sheet.pk, why)))
    yield waiting
    gate.unplug("test")


def test_what_the_gate_refuses_is_said_and_nothing_is_posted(team: Client, guarded: list[tuple[int, str]]) -> None:
    answer = team.post("/posts/new/", form(text__en="never"))
    assert (answer.status_code, "Nobody says that here." in answer.content.decode()) == (400, True)
    post = say(resident("ana"))
    with pytest.raises(BadPost):
        posting.edit(post, type(post.text).of("en", en="never"), post.note, by="ana")
    assert str(Post.objects.get().text) == "Hello."


@pytest.mark.parametrize("when", ["now", "later"])
def test_what_is_held_waits_unchanged_until_somebody_decides(
    team: Client, guarded: list[tuple[int, str]], when: str
) -> None:
    if when == "now":
        assert team.post("/posts/new/", form(text__en="look"))["Location"] == "/posts/drafts/"
    else:
        with_gate_open = set_for_later(team, text__en="fine")
        team.post("/posts/drafts/", form(text__en="look"))
        come(with_gate_open)
    [(pk, why)] = guarded
    assert why == "It has a word."
    assert not Post.objects.exists()
    assert "Being looked at by moderation" in team.get("/posts/drafts/").content.decode()
    assert team.post("/posts/drafts/", form(text__en="Something else")).status_code == 409
    assert team.get(f"/posts/drafts/{pk}/").status_code == 403
    holding.approve(pk, "officer")
    holding.approve(pk, "officer")
    while worker.run_one("test"):
        pass
    assert str(Post.objects.get().text) == "look"
    assert not Sheet.objects.exists()


def test_what_is_not_approved_comes_back_as_a_draft(team: Client, guarded: list[tuple[int, str]]) -> None:
    team.post("/posts/new/", form(text__en="look"))
    [(pk, _)] = guarded
    holding.refuse(pk, "officer")
    again = Sheet.objects.get()
    assert (again.pk != pk, again.nonce != NONCE) == (True, True), "sent again, it is judged again"
    assert "it was not posted" in team.get("/posts/drafts/").content.decode()
    holding.refuse(pk, "officer")
    holding.approve(pk, "officer")
    while worker.run_one("test"):
        pass
    assert (Sheet.objects.count(), Post.objects.count()) == (1, 0)
