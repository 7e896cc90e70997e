"""Moments that somebody sets beforehand, on the clocks of a city."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

LATEST = timedelta(days=366)


def moment_of(said: str, zone: str) -> datetime:
    """A date and a time on the clocks of a zone as a moment.

    Raises:
        ValueError: it is none, has passed, is too far off, or the clocks skip it; the message is a sentence.
    """
    try:
        there = datetime.fromisoformat(said)
    except ValueError:
        raise ValueError(_("Give a date and a time.")) from None
    if there.tzinfo is not None:
        raise ValueError(_("Give a date and a time."))
    moment = there.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != there:
        raise ValueError(_("The clocks skip that hour on that day: they are put forward."))
    if moment <= timezone.now():
        raise ValueError(_("That moment has passed already."))
    if moment > timezone.now() + LATEST:
        raise ValueError(_("That is more than a year ahead."))
    return moment
