"""What a desk sends to plan an event."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from cityplus.events.models import Event

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def beginning(**more: Any) -> dict[str, Any]:
    """The first form: a day in two months, 9 to 17 by the clock of The Hague."""
    day = (timezone.now() + timedelta(days=60)).date()
    plain = {"title.nl": "Ontmoeting", "title.en": "Meeting", "kind": "promotion", "slug": "meeting"}
    return {**plain, "starts_at": f"{day}T09:00", "ends_at": f"{day}T17:00", **more}


def hall(**more: Any) -> dict[str, Any]:
    return {"name.nl": "Atrium", "city": "", "time_zone": "Europe/Amsterdam", "capacity": "2", **more}


def whole(event: Event, **more: Any) -> dict[str, Any]:
    """The form of the plan, as the page shows it."""
    plain = {"title.nl": "Ontmoeting", "title.en": "Meeting", "kind": "promotion", "keep_days": "90", "cover": ""}
    return {**plain, "starts_at": local(event.starts_at), "ends_at": local(event.ends_at), **more}


def local(moment: datetime) -> str:
    return moment.astimezone(AMSTERDAM).strftime("%Y-%m-%dT%H:%M")
