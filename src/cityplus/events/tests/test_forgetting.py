"""What is let go by itself, and when: to the hour, and nothing else with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.events import forgetting
from cityplus.events.models import Event, Registration
from cityplus.events.tests.cast import meeting
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def come(event: Event, name: str, **facts: Any) -> Registration:
    about = {"name": name, "email": f"{name}@example.org", "language": "en", **facts}
    return Registration.make(event.venues.get(), **about)[0]


def states(event: Event) -> dict[str, str]:
    return dict(Registration.objects.filter(event=event).values_list("name", "state"))


def test_a_place_is_given_back_two_days_after_nobody_showed_it_to_be_theirs(thehague: City, visitor: Person) -> None:
    event, now = meeting(thehague.actor, capacity=3), timezone.now()
    for name, age, facts in (
        ("late", 49, {}),
        ("early", 47, {}),
        ("account", 49, {"person": visitor}),
        ("waits", 49, {}),
        ("comes after", 1, {}),
    ):
        row = come(event, name.replace(" ", "-"), **facts)
        Registration.objects.filter(pk=row.pk).update(name=name, made_at=now - age * HOUR)
    proved = come(event, "proved")
    Registration.objects.filter(pk=proved.pk).update(made_at=now - 49 * HOUR, proved_at=now - 48 * HOUR)
    forgetting.forget()
    assert states(event) == {
        "late": "cancelled", "early": "confirmed", "account": "confirmed", "waits": "cancelled",
        "comes after": "confirmed", "proved": "waiting",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "state"),
    [({}, "cancelled"), ({"starts_at": -HOUR}, "confirmed"), ({"state": "cancelled"}, "confirmed")],
)
def test_places_are_given_back_where_the_event_is_to_come(thehague: City, facts: dict[str, Any], state: str) -> None:
    event, now = meeting(thehague.actor), timezone.now()
    come(event, "ana")
    Registration.objects.update(made_at=now - 49 * HOUR)
    changed = {name: now + value if isinstance(value, timedelta) else value for name, value in facts.items()}
    Event.objects.filter(pk=event.pk).update(**changed)
    forgetting.forget()
    assert states(event) == {"ana": state}


def test_an_event_is_held_when_it_has_ended(thehague: City) -> None:
    now = timezone.now()
    hours = {"over": (-3, -1), "on": (-1, 1), "off": (-3, -1)}
    for slug, (start, end) in hours.items():
        event = meeting(thehague.actor, slug=slug)
        if slug == "off":
            event.cancel("Storm.", by="x")
        Event.objects.filter(pk=event.pk).update(starts_at=now + start * HOUR, ends_at=now + end * HOUR)
    for _time in range(2):
        forgetting.forget()
    assert dict(Event.objects.values_list("slug", "state")) == {"over": "held", "on": "published", "off": "cancelled"}


def test_what_was_said_is_kept_on_the_last_day_and_forgotten_on_the_next(thehague: City) -> None:
    event, today = meeting(thehague.actor), timezone.now().date()
    for name, days in (("today", 0), ("yesterday", -1), ("tomorrow", 1)):
        come(event, name, consent_until=today + timedelta(days=days), time_zone="Asia/Tokyo", answers={"1": "So."})
    come(event, "never")
    forgetting.forget()
    kept = Registration.objects.exclude(name="").order_by("id")
    assert list(kept.values_list("name", flat=True)) == ["today", "tomorrow", "never"]
    gone = Registration.objects.get(name="")
    assert (gone.time_zone, gone.answers, gone.state) == ("", {}, "confirmed")


def test_who_leaves_gives_back_what_is_to_come_and_no_more(thehague: City, visitor: Person) -> None:
    past, coming = meeting(thehague.actor, slug="past"), meeting(thehague.actor, slug="coming", capacity=1)
    for event in (past, coming):
        come(event, "ana", person=visitor)
        come(event, "bo")
    Event.objects.filter(pk=past.pk).update(starts_at=timezone.now() - 3 * HOUR, ends_at=timezone.now() - HOUR)
    forgetting.go(visitor, visitor)
    assert states(past) == {"ana": "confirmed", "bo": "confirmed"}
    assert states(coming) == {"ana": "cancelled", "bo": "confirmed"}
    forgetting.purge(visitor, visitor)
    assert not Registration.objects.filter(person=visitor).exists()
    assert list(Registration.objects.filter(event=past).order_by("id").values_list("name", flat=True)) == ["", "bo"]
