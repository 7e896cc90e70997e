"""An event for the tests of this room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.events.models import Event, Venue
from cityplus.languages.text import Text


def meeting(host: Actor, *, capacity: int = 0, **facts: Any) -> Event:
    """A published promotion meeting of a day, in a month, with one hall."""
    starts = timezone.now().replace(second=0, microsecond=0) + timedelta(days=30)
    plain = {"slug": "meeting", "kind": "promotion", "title": Text.of("en", en="Meeting"), "starts_at": starts}
    event = Event.plan(host, by="test", **{**plain, "ends_at": starts + timedelta(hours=8), **facts})
    Venue.objects.create(event=event, name=Text.of("en", en="Hall"), time_zone="Europe/Amsterdam", capacity=capacity)
    event.publish(by="test")
    return event
