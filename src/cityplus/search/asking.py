"""What is asked, made sure of: every question that cannot be answered is refused with a sentence."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from cityplus.lib.geo import Point

LONGEST = 200
"""Characters of a question."""

_PLACE = re.compile(r"(-?\d{1,3}(?:\.\d{1,12})?),(-?\d{1,3}(?:\.\d{1,12})?)", re.ASCII)
_AFTER = re.compile(r"(-?\d{1,12})\.(\d{1,19})", re.ASCII)


class QueryError(ValueError):
    """A question that cannot be understood; the message is for whoever asked it."""


def check_words(q: str) -> str:
    """The question as it is.

    Raises:
        QueryError: it is longer than anything that has a name.
    """
    if len(q) > LONGEST:
        raise QueryError(_("A search takes at most %(most)s characters. Use fewer words.") % {"most": LONGEST})
    return q


def read_place(text: str) -> Point | None:
    """A place from ``52.08,4.31``: latitude first, in degrees; nothing from nothing.

    Raises:
        QueryError: it is no place on Earth.
    """
    if not text:
        return None
    match = _PLACE.fullmatch(text[:LONGEST])
    try:
        return Point(float(match[1]), float(match[2])) if match else _refuse_place()
    except ValueError:
        return _refuse_place()


def _refuse_place() -> Point:
    raise QueryError(_("A place is written as latitude and longitude in degrees, such as 52.08,4.31."))


def read_after(text: str) -> tuple[int, int] | None:
    """Where a list goes on: the score and the rank of its last hit; nothing from nothing.

    Raises:
        QueryError: it is not what a list of hits ended with.
    """
    if not text:
        return None
    match = _AFTER.fullmatch(text[:LONGEST])
    if not match or int(match[2]) >= 1 << 63:
        raise QueryError(_("This list does not go on from there. Begin the search anew."))
    return int(match[1]), int(match[2])
