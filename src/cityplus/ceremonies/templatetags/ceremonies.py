"""Tags of ceremonies: their clocks and states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import gettext_lazy as _

from cityplus.ceremonies.models import Ceremony
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag

register = template.Library()

STATES = {
    "planned": _("planned"),
    "rehearsed": _("rehearsed"),
    "open": _("open"),
    "launched": _("launched"),
    "kept": _("kept"),
    "called_off": _("called off"),
}
RUNS = {
    "open": _("Palms are taken"),
    "held": _("Held: no palms are taken"),
    "met": _("The quorum is met: counting down"),
    "launched": _("Launched"),
    "ended": _("Ended"),
}


@register.filter
def ceremony_state(state: str) -> Any:
    return STATES.get(state, state)


@register.filter
def run_state(state: str) -> Any:
    return RUNS.get(state, state)


@dataclass(frozen=True)
class Clock:
    """What a clock in one city shows at a moment."""

    names: Any
    zone: str
    day: str
    time: str
    offset: str


@register.simple_tag
def hall_clock(ceremony: Ceremony) -> str:
    """Day and time by the hall's clock; the day alone where no more is known."""
    there = ceremony.starts_at.astimezone(ceremony.zone)
    day = formats.day(there.date(), reader_tag())
    return f"{day}, {formats.clock(there, ceremony.time_zone, reader_tag())}" if ceremony.hour_known else day


@register.inclusion_tag("ceremonies/clocks.html")
def clocks(ceremony: Ceremony) -> dict[str, Any]:
    """When it begins, by the clocks of all its cities."""
    return {"ceremony": ceremony, "clocks": list(shown(ceremony, ceremony.starts_at)), "at": ceremony.starts_at}


@register.inclusion_tag("ceremonies/clocks.html")
def launch_clocks(ceremony: Ceremony) -> dict[str, Any]:
    """When it was launched, to the second, by the clocks of all its cities."""
    at = ceremony.launched_at or ceremony.starts_at
    return {"ceremony": ceremony, "clocks": list(shown(ceremony, at, seconds=bool(ceremony.launched_at))), "at": at}


def shown(ceremony: Ceremony, at: datetime, *, seconds: bool = False) -> Iterator[Clock]:
    """What the clocks of its cities show at a moment, the hall's first; a city whose clock shows the hall's time is not told twice."""
    tag, told = reader_tag(), set()
    zones = [
        (ceremony.place, ceremony.time_zone),
        *((city.actor.names, city.time_zone) for city in ceremony.cities_in_order),
    ]
    for names, zone in zones:
        there = at.astimezone(ZoneInfo(zone))
        said = there.replace(tzinfo=None)
        if said in told:
            continue
        told.add(said)
        time = formats.clock(there, zone, tag) if not seconds else f"{there:%H:%M:%S}"
        known = ceremony.hour_known or seconds
        yield Clock(
            names,
            zone,
            formats.day(there.date(), tag),
            time if known else "",
            formats.offset(at, zone) if known else "",
        )
        if not known:
            return


@register.filter
def step_time(at: datetime, zone: str) -> str:
    """A moment by the hall's clock, to the second."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M:%S}"
