"""Tags for the moments of a ceremony, by the clock of a hall."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel import dates
from django import template

from cityplus.languages import formats
from cityplus.languages.tags import locale_of, reader_tag

register = template.Library()


@register.filter
def hall_day(moment: datetime, zone: str) -> str:
    """The day there, as the reader writes it."""
    return formats.day(moment.astimezone(ZoneInfo(zone)), reader_tag())


@register.filter
def hall_clock(moment: datetime, zone: str) -> str:
    return formats.clock(moment, zone, reader_tag())


@register.filter
def hall_second(at: float, zone: str) -> str:
    """A moment given in seconds since 1970, to the second."""
    moment = datetime.fromtimestamp(at, ZoneInfo(zone))
    return str(dates.format_time(moment, "medium", locale=locale_of(reader_tag())))
