"""What is typed of moments: a day and a time by the clock of a hall."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _

_zones = cache(available_timezones)
"""Read from the disk once, for it is hundreds of files, and in a rush each registration may name one."""


def zone_of(name: str) -> str:
    """An IANA time zone that there is.

    Raises:
        ValueError: it is none; the message is a sentence.
    """
    if name not in _zones():
        raise ValueError(_("“%(name)s” is no time zone such as Europe/Amsterdam.") % {"name": name[:60]})
    return name


def moment(said: str, zone: str) -> datetime:
    """The moment at which a clock there shows this day and time; of two, the first.

    Raises:
        ValueError: no clock there shows it; the message is a sentence.
    """
    try:
        local = datetime.fromisoformat(said).replace(tzinfo=None, second=0, microsecond=0)
    except ValueError:
        local = None
    if local is None or not 2000 <= local.year <= 2200:
        raise ValueError(_("Give the day and the time of the clock there, such as 2027-05-14T10:00."))
    there = local.replace(tzinfo=ZoneInfo(zone))
    if there.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        raise ValueError(_("The clock there never shows this time: it is put forward that night."))
    return there.astimezone(ZoneInfo("UTC"))


def typed(at: datetime | None, zone: str) -> str:
    """A moment as a field of a form shows it."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if at else ""
