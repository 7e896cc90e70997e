"""What an organisation holds, on its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cityplus.events.models import Event
from cityplus.events.templatetags.events import day_there
from cityplus.organisations.models import Organisation
from cityplus.organisations.shown import Line

MOST = 6


def lines(organisation: Organisation, person: Any) -> tuple[Sequence[Line], str]:
    """The events of which it is an organiser, drafts for who sees them, the latest first."""
    held = Event.objects.visible_to(person).filter(
        hosting__actor=organisation.actor_id, hosting__agreed_at__isnull=False
    )
    found = held.for_cards().order_by("-starts_at", "-pk")[:MOST]
    return [
        Line(one.get_absolute_url(), one.title, f"{one.get_kind_display()} · {day_there(one.starts_at, one.time_zone)}")
        for one in found
    ], ""
