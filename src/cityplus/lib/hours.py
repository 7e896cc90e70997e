"""Opening hours in the syntax of OpenStreetMap, the part of it that a landmark needs.

``Mo 13:00-18:00; Tu-Su 10:00-18:00`` · ``24/7`` · ``Mo-Fr 08:00-19:00; Sa 08:00-17:00; PH off``
Source: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")
"""Monday is 0, as in ``datetime.weekday()``; public holidays are 7."""

_TIME = r"([01]\d|2[0-3]):[0-5]\d"
_SPAN = re.compile(rf"({_TIME})-({_TIME}|24:00)", re.ASCII)


class HoursError(ValueError):
    """Opening hours that we cannot read; the message says where."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Days (``first`` to ``last``, 0 is Monday) and their spans as ``("10:00", "18:00")``; no span means closed."""

    days: tuple[tuple[int, int], ...]
    spans: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Hours:
    always: bool
    rules: tuple[Rule, ...]


def parse(text: str) -> Hours:
    """Read opening hours.

    Raises:
        HoursError: a day, a time or a rule is not in the syntax above.
    """
    text = text.strip()
    if text == "24/7":
        return Hours(always=True, rules=())
    rules = tuple(_rule(part.strip()) for part in text.split(";") if part.strip())
    if not rules:
        raise HoursError("opening hours are empty: leave the key out instead")
    return Hours(always=False, rules=rules)


def _rule(text: str) -> Rule:
    head, _, tail = text.partition(" ")
    if head[:1].isdigit():
        head, tail = "Mo-Su", text
    days = tuple(_days(part, text) for part in head.split(","))
    if tail.strip() in {"off", "closed"}:
        return Rule(days, ())
    spans = []
    for span in tail.replace(" ", "").split(","):
        if not _SPAN.fullmatch(span):
            raise HoursError(f"“{span}” in “{text}” is not a span of time such as 10:00-18:00")
        opens, closes = span.split("-")
        spans.append((opens, closes))
    return Rule(days, tuple(spans))


def _days(text: str, rule: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    try:
        return DAYS.index(first), DAYS.index(last or first)
    except ValueError:
        raise HoursError(f"“{text}” in “{rule}” is not a day such as Mo or Tu-Su") from None
