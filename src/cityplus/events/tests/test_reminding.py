"""Reminders: once, in the reader's language and by their clock; changes and cancellations are told to all, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.events import reminding, telling
from cityplus.events.models import Event, Registration, Reminder
from cityplus.events.tests.cast import meeting
from cityplus.jobs.models import Job
from cityplus.journal.subscribers import deliver
from cityplus.languages import formats
from cityplus.people.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


def registered(event: Event, name: str, **facts: object) -> Registration:
    about = {"language": "en", **facts}
    row, _token = Registration.make(event.venues.get(), name=name, email=f"{name}@example.org", **about)
    return row


def moved_to(event: Event, left: timedelta) -> Event:
    """As if it began so soon, and everybody had registered long ago."""
    starts = timezone.now() + left
    Event.objects.filter(pk=event.pk).update(starts_at=starts, ends_at=starts + timedelta(hours=8))
    Registration.objects.update(made_at=timezone.now() - timedelta(days=20))
    return Event.objects.get(pk=event.pk)


def due(event: Event) -> str:
    """What is true of it by the clock of its hall."""
    today = timezone.now().astimezone(event.zone).date()
    return "Today" if event.starts_at.astimezone(event.zone).date() == today else "Tomorrow"


def test_everybody_who_has_a_place_is_reminded_once_however_many_workers_try(thehague: City) -> None:
    event = meeting(thehague.actor, capacity=6)
    for number in range(8):
        registered(event, f"guest{number}")
    event = moved_to(event, timedelta(hours=23))

    def once(_number: int) -> int:
        try:
            return reminding.remind_of(event, Reminder.Kind.DAY)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as workers:
        written = sum(workers.map(once, range(4)))
    assert written == Letter.objects.count() == 6
    reminding.missed()
    assert Letter.objects.count() == 6 and Reminder.objects.filter(kind="day").count() == 6


def test_in_the_language_and_by_the_clock_of_each(thehague: City) -> None:
    event = meeting(thehague.actor)
    registered(event, "ana", language="nl", time_zone="Asia/Shanghai")
    registered(event, "bo", language="en")
    event = moved_to(event, timedelta(hours=20))
    reminding.remind_of(event, Reminder.Kind.DAY)
    letters = dict(Letter.objects.values_list("to", "text"))
    hall, own = (event.starts_at.astimezone(zone) for zone in (event.zone, ZoneInfo("Asia/Shanghai")))
    assert f"{hall:%H:%M}" in letters["ana@example.org"] and f"{own:%H:%M}" in letters["ana@example.org"]
    assert "(Sjanghai UTC+8)" in letters["ana@example.org"] and "anghai" not in letters["bo@example.org"]


def test_reminders_are_set_when_it_is_published_and_anew_when_it_is_moved(thehague: City) -> None:
    event = meeting(thehague.actor)
    deliver()
    jobs = Job.objects.filter(kind="events.remind")
    assert [job.run_after for job in jobs.order_by("run_after")] == [
        event.starts_at - timedelta(days=7),
        event.starts_at - timedelta(days=1),
    ]
    event.change(by="x", starts_at=event.starts_at + timedelta(hours=1))
    deliver()
    assert jobs.count() == 4
    registered(event, "ana")
    moved = moved_to(event, timedelta(hours=12))
    for job in jobs:
        reminding.remind(**job.args)
    assert not Letter.objects.exists(), "the hours for which they were set are none any more"
    reminding.remind(moved.pk, "day", moved.starts_at.isoformat())
    assert Letter.objects.get().subject == due(moved)


@pytest.mark.parametrize(
    ("left", "kinds"),
    [
        (timedelta(days=7, hours=1), []), (timedelta(days=6, hours=23), ["week"]), (timedelta(days=5, hours=1), ["week"]),
        (timedelta(days=4, hours=23), []), (timedelta(hours=25), []), (timedelta(hours=23), ["day"]),
        (timedelta(minutes=5), ["day"]), (timedelta(minutes=-5), []),
    ],
)  # fmt: skip
def test_a_reminder_is_given_while_its_words_are_true(thehague: City, left: timedelta, kinds: list[str]) -> None:
    event = meeting(thehague.actor)
    registered(event, "ana")
    event = moved_to(event, left)
    for _time in range(2):
        reminding.missed()
        for kind in ("week", "day"):
            reminding.remind(event.pk, kind, event.starts_at.isoformat())
    assert list(Reminder.objects.values_list("kind", flat=True)) == kinds
    assert Letter.objects.count() == len(kinds)


def test_a_reminder_is_of_one_event_and_of_none_that_is_off(thehague: City) -> None:
    on, off = meeting(thehague.actor), meeting(thehague.actor, slug="off")
    registered(on, "ana")
    registered(off, "bo")
    starts = moved_to(on, timedelta(hours=20)).starts_at
    Event.objects.update(starts_at=starts, ends_at=starts + timedelta(hours=8))
    reminding.remind(on.pk, "day", starts.isoformat())
    assert [letter.to for letter in Letter.objects.all()] == ["ana@example.org"]
    Event.objects.get(pk=off.pk).cancel("Storm.", by="x")
    reminding.remind(off.pk, "day", starts.isoformat())
    reminding.missed()
    assert [letter.to for letter in Letter.objects.all()] == ["ana@example.org"]


def test_reminders_are_set_for_what_is_public_and_still_to_come(thehague: City) -> None:
    soon = timezone.now() + timedelta(days=3)
    event = meeting(thehague.actor, starts_at=soon, ends_at=soon + timedelta(hours=8))
    draft = Event.plan(thehague.actor, by="x", slug="draft", kind="talk", starts_at=soon, ends_at=soon + timedelta(1))
    draft.change(by="x", ends_at=soon + timedelta(hours=2))
    deliver()
    assert [(job.args["event"], job.args["what"]) for job in Job.objects.filter(kind="events.remind")] == [
        (event.pk, "day")
    ]


def test_who_was_reminded_of_other_hours_is_reminded_of_the_new_ones(thehague: City) -> None:
    event = meeting(thehague.actor)
    registered(event, "ana")
    for hours in (20, 21):
        moved = moved_to(event, timedelta(hours=hours))
        for _time in range(2):
            reminding.missed()
    assert [one.starts_at for one in Reminder.objects.order_by("id")][1:] == [moved.starts_at]
    assert Letter.objects.count() == 2
    moved.cancel("Storm.", by="x")
    assert reminding.remind(moved.pk, "day", moved.starts_at.isoformat()) is None
    assert Letter.objects.count() == 2


def test_who_comes_late_is_not_reminded_of_what_they_have_just_done(thehague: City) -> None:
    event = meeting(thehague.actor)
    moved_to(event, timedelta(days=6, hours=12))
    registered(event, "late")
    reminding.missed()
    assert not Letter.objects.exists()


def test_a_worker_that_comes_late_says_no_week_of_what_is_tomorrow(thehague: City) -> None:
    event = meeting(thehague.actor)
    registered(event, "ana")
    event = moved_to(event, timedelta(hours=20))
    for kind in ("week", "day"):
        reminding.remind(event.pk, kind, event.starts_at.isoformat())
    reminding.missed()
    assert list(Letter.objects.values_list("subject", flat=True)) == [due(event)]


def test_everybody_is_told_that_it_is_cancelled_once(thehague: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "PART", 2)
    event = meeting(thehague.actor, capacity=2)
    for name in ("ana", "bo", "cy"):
        registered(event, name)
    registered(event, "di").cancel(by="di")
    event.cancel("No hall.", by="x")
    deliver()
    for _round in range(4):
        for job in Job.objects.filter(kind="events.tell"):
            telling.tell(**job.args)
    told = Letter.objects.filter(subject="The event is cancelled")
    assert sorted(told.values_list("to", flat=True)) == [f"{n}@example.org" for n in ("ana", "bo", "cy")]
    assert all("No hall." in letter.text for letter in told)


def test_several_changes_are_one_letter(thehague: City) -> None:
    event = meeting(thehague.actor)
    registered(event, "ana")
    for hours in (1, 2):
        event.change(by="x", starts_at=event.starts_at + timedelta(hours=hours))
    event.change(by="x", approval=True)
    deliver()
    for job in Job.objects.filter(kind="events.tell_change"):
        assert job.run_after > timezone.now() + timedelta(minutes=15)
        telling.tell_change(**job.args)
    for job in Job.objects.filter(kind="events.tell"):
        telling.tell(**job.args)
        telling.tell(**job.args)
    letter = Letter.objects.get()
    assert letter.subject == "Hours or place have changed"
    assert formats.clock(event.starts_at, event.time_zone, "en") in letter.text


def test_a_worker_that_comes_on_the_day_itself_does_not_say_tomorrow(
    thehague: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = datetime(2030, 5, 14, 8, 0, tzinfo=UTC)
    event = meeting(thehague.actor, starts_at=starts, ends_at=starts + timedelta(hours=8))
    registered(event, "ana")
    Registration.objects.update(made_at=starts - timedelta(days=20))
    for before, subject in ((timedelta(hours=9), "Today"), (timedelta(hours=11), "Tomorrow")):
        monkeypatch.setattr(timezone, "now", lambda before=before: starts - before)
        assert reminding.remind_of(event, Reminder.Kind.DAY) == 1
        letter = Letter.objects.latest("pk")
        assert letter.subject == subject and ("begins today" in letter.text) is (subject == "Today")
        Reminder.objects.all().delete()
