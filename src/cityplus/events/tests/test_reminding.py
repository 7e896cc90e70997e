"""Reminders: once, in the reader's language and by their clock; changes and cancellations are told to all, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
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
    assert Letter.objects.get().subject == "Tomorrow"


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
    assert list(Letter.objects.values_list("subject", flat=True)) == ["Tomorrow"]


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
