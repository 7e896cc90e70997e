"""Tags of events: addresses of planning, and moments by the clocks of halls."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cityplus.cities.isic import title_of
from cityplus.events import clocks as told
from cityplus.events.models import Event
from cityplus.events.planning.planner import Planner
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.web.addresses import absolute

register = template.Library()

STATES = {
    "draft": _("not public yet"),
    "published": _("public"),
    "held": _("held"),
    "cancelled": _("cancelled"),
}
PLACES = {
    "asked": _("The organisers look at it"),
    "waiting": _("On the waiting list"),
    "confirmed": _("You have a place"),
    "cancelled": _("Cancelled"),
    "refused": _("Not taken"),
}


@register.simple_tag
def at(planner: Planner, name: str, *args: object) -> str:
    """The address of a planning page."""
    return planner.address(name, *args)


@register.filter
def event_state(state: str) -> Any:
    return STATES.get(state, state)


@register.filter
def place_state(state: str) -> Any:
    return PLACES.get(state, state)


@register.filter
def sector(code: str) -> str:
    return title_of(code)


@register.filter
def subscription(path: str) -> str:
    """The address by which programs subscribe to a calendar of ours: where links to such addresses lead is known to them."""
    return f"webcal://{absolute(path).partition('://')[2]}"


@register.filter
def there(moment: datetime, zone: str) -> str:
    """The time of day there."""
    return formats.clock(moment, zone, reader_tag())


@register.filter
def day_there(moment: datetime, zone: str) -> str:
    """The day there."""
    return formats.day(moment.astimezone(ZoneInfo(zone)), reader_tag())


@register.simple_tag
def span(start: datetime, end: datetime, zone: str) -> SafeString:
    """From when until when, by a clock, with its distance from UTC: the day once where it is the same."""
    return format_html(
        '{} <span class="event-offset" dir="ltr">{}</span>', told.span(start, end, zone), formats.offset(start, zone)
    )


@register.inclusion_tag("events/clocks.html")
def event_clocks(event: Event) -> dict[str, Any]:
    """When it is, by the clock of each of its halls."""
    return {"event": event, "clocks": told.of(event, event.starts_at, event.ends_at)}


@register.inclusion_tag("events/times.html")
def session_clocks(event: Event, start: datetime, end: datetime) -> dict[str, Any]:
    """When a part of it is, by the clock of each of its halls, the hours alone."""
    return {"clocks": told.of(event, start, end)}
