"""Who hears what on their pages: followers, who is registered, and organisers; and what they may no longer know of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from conftest import sign_in
from django.utils import timezone

from cityplus.cities.models import City, Member
from cityplus.events import noticing
from cityplus.events.models import Event, Organiser, Registration, Venue
from cityplus.events.tests.cast import meeting
from cityplus.jobs.models import Job
from cityplus.jobs.worker import run_one
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.notifications.models import Notice, Wishes
from cityplus.people.models import Person
from cityplus.social.models import Bar, Follow
from cityplus.social.tests.cast import resident

pytestmark = pytest.mark.django_db


def told() -> None:
    while deliver():
        pass
    mine = Job.objects.filter(kind__in=("events.announce", "events.notice", "events.notice_change"), state="waiting")
    while mine.exists():
        mine.update(run_after=timezone.now(), priority=0)
        assert run_one("test")


def lines(person: Person) -> list[str]:
    page, found = sign_in(person).get("/notices/").content.decode(), []
    for one in _SAID:
        if one in page:
            page = page.replace(one, "")
            found.append(one)
    return found


_SAID = (
    "announces “Meeting”", "You have a place at “Meeting” now.", "you are on the waiting list", "cannot take you",
    "Your registration for “Meeting” is cancelled.", "“Meeting” is cancelled.", "Hours or place of “Meeting” have changed.",
    "to hold “Meeting” together", "holds “Meeting” together with", "does not hold “Meeting” with",
)  # fmt: skip


def come(venue: Venue, person: Person, **facts: Any) -> Registration:
    made, _token = Registration.make(
        venue, name=person.username, email=f"{person.username}@example.org", language="en", person=person, **facts
    )
    return made


def draft(city: City) -> Event:
    starts = timezone.now() + timedelta(days=30)
    title = Text.of("en", en="Meeting")
    facts = {
        "slug": "meeting",
        "kind": "talk",
        "title": title,
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=8),
    }
    event = Event.plan(city.actor, by="thehague-owner", **facts)
    event.add_venue(by="x", name=Text.of("en", en="Hall"), time_zone="Europe/Amsterdam")
    return event


def test_who_follows_a_city_hears_once_that_it_announces_an_event(
    thehague: City, shenzhen: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noticing, "PART", 2)
    followers = [resident(name) for name in ("ana", "bo", "cem", "dan", "eva")]
    for actor in followers[:4]:
        Follow.begin(actor, thehague.actor, by=actor.handle)
    Follow.begin(followers[3], shenzhen.actor, by="dan")  # of both organisers: once
    event = draft(thehague)
    Organiser.ask(event, shenzhen.actor, by="x").agree(by="x")
    told()
    assert not Notice.objects.filter(kind="events.announced").exists(), "a draft is told to nobody"
    event.publish(by="x")
    told()
    told()
    rows = Notice.objects.filter(kind="events.announced").order_by("person__username")
    assert [row.person.username for row in rows] == ["ana", "bo", "cem", "dan"]
    assert lines(Person.objects.get(username="ana")) == ["announces “Meeting”"]


def test_what_one_may_not_see_any_more_or_does_not_want_is_not_told(thehague: City) -> None:
    ana, bo = resident("ana"), resident("bo")
    for actor in (ana, bo):
        Follow.begin(actor, thehague.actor, by=actor.handle)
    quiet = Person.objects.get(username="bo")
    Wishes.of(quiet).choose({"events.announced": []})
    event = draft(thehague)
    event.publish(by="x")
    told()
    assert [row.person.username for row in Notice.objects.filter(kind="events.announced")] == ["ana"]
    person = Person.objects.get(username="ana")
    assert lines(person) == ["announces “Meeting”"]
    event.cancel("No hall", by="x")
    assert lines(person) == []
    Event.objects.update(state="published")
    Bar.put(ana, thehague.actor, "mute", by="ana")
    assert lines(person) == []


def test_who_is_registered_hears_of_a_place_that_became_free_of_changes_and_of_the_end(thehague: City) -> None:
    first, second = (Person.objects.create_user(name) for name in ("first", "second"))
    event = meeting(thehague.actor, capacity=1)
    hall = event.venues.get()
    had, waits = come(hall, first), come(hall, second)
    told()
    assert (lines(first), lines(second)) == ([], []), "what one has just done oneself"
    had.cancel(by="first")
    told()
    assert (lines(first), lines(second)) == ([], ["You have a place at “Meeting” now."])
    page = sign_in(second).get("/notices/").content.decode()
    assert f"/@thehague/events/meeting/registration/{waits.pk}/" in page
    event.change(by="x", ends_at=event.ends_at + timedelta(hours=1))
    event.change(by="x", ends_at=event.ends_at + timedelta(hours=1))
    told()
    assert Notice.objects.filter(kind="events.place", person=second).count() == 2, (
        "of two changes within the calm the last"
    )
    event.change(by="x", story=Text.of("en", en="Words alone"))
    told()
    assert "Hours or place of “Meeting” have changed." in lines(second)
    assert Notice.objects.filter(kind="events.place", person=second).count() == 2
    event.cancel("The hall is flooded.", by="x")
    told()
    assert "“Meeting” is cancelled." in lines(second)
    assert "The hall is flooded." in sign_in(second).get("/notices/").content.decode()
    assert lines(first) == []


def test_decisions_of_the_organisers_are_told(thehague: City) -> None:
    people = [Person.objects.create_user(name) for name in ("taken", "refused", "out")]
    event = meeting(thehague.actor, approval=True)
    rows = [come(event.venues.get(), person) for person in people]
    rows[0].approve(by="thehague-owner")
    rows[1].refuse(by="thehague-owner")
    rows[2].cancel(by="thehague-owner")
    told()
    assert [lines(person) for person in people] == [
        ["You have a place at “Meeting” now."], ["cannot take you"], ["Your registration for “Meeting” is cancelled."],
    ]  # fmt: skip
    rows[0].forget()
    assert lines(people[0]) == [], "what was forgotten is told no longer"


def test_organisers_hear_of_an_invitation_and_of_the_answer(
    thehague: City, shenzhen: City, owner: Person, editor: Person
) -> None:
    theirs = Person.objects.create_user("shenzhen-owner")
    member = Member.objects.create(city=shenzhen, person=theirs, role=Member.Role.OWNER)
    translator = Person.objects.create_user("shenzhen-translator")
    Member.objects.create(city=shenzhen, person=translator, role=Member.Role.TRANSLATOR)
    event = draft(thehague)
    asked = Organiser.ask(event, shenzhen.actor, by=owner.username)
    told()
    assert lines(theirs) == ["to hold “Meeting” together"]
    assert f"/desk/@shenzhen/events/{event.pk}/" in sign_in(theirs).get("/notices/").content.decode()
    assert lines(translator) == [], "who does not answer for the city"
    asked.agree(by=theirs.username)
    told()
    assert lines(owner) == ["holds “Meeting” together with"]
    assert lines(editor) == ["holds “Meeting” together with"]
    Organiser.objects.get(actor=shenzhen.actor).leave(by=theirs.username)
    told()
    assert "does not hold “Meeting” with" in lines(owner)
    assert lines(theirs) == [], "who is asked no longer"
    Organiser.ask(event, shenzhen.actor, by="x")
    told()
    assert lines(theirs)
    member.delete()
    assert lines(theirs) == [], "who left the team"


def test_each_kind_can_be_chosen(visitor: Person) -> None:
    page = sign_in(visitor).get("/account/notices/").content.decode()
    for label in ("Events of those I follow", "Events for which I am registered", "Events that we hold together"):
        assert label in page
