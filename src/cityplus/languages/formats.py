"""Numbers, dates, distances, durations, clocks and lists as the reader's language writes them (CLDR through Babel)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import dates, lists, numbers, units
from babel.core import get_global

from cityplus.languages.tags import locale_of
from cityplus.lib.hours import Hours


def number(value: float, tag: str) -> str:
    """``17,494,398`` in English, ``17.494.398`` in Dutch."""
    return str(numbers.format_decimal(value, locale=locale_of(tag)))


def distance(metres: float, tag: str) -> str:
    """Metres below one kilometre (to the next ten), else kilometres with one decimal below 100."""
    tens = round(metres, -1)
    if tens < 1000:
        return str(units.format_unit(tens, "length-meter", "short", locale=locale_of(tag)))
    kilometres = metres / 1000
    pattern = "#,##0.0" if round(kilometres, 1) < 100 else "#,##0"
    return str(units.format_unit(kilometres, "length-kilometer", "short", format=pattern, locale=locale_of(tag)))


def duration(minutes: int, tag: str) -> str:
    """``35 min``, ``2 hr 40 min``."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(units.format_unit(hours, "duration-hour", "short", locale=locale_of(tag)))
    if rest or not hours:
        parts.append(units.format_unit(rest, "duration-minute", "short", locale=locale_of(tag)))
    return " ".join(parts)


def clock(moment: datetime, zone: str, tag: str) -> str:
    """The time of day in a city, as its reader writes it (``21:40``, ``9:40 PM``)."""
    return str(dates.format_time(moment.astimezone(ZoneInfo(zone)), "short", locale=locale_of(tag)))


def offset(moment: datetime, zone: str) -> str:
    """The zone's distance from UTC at that moment: ``UTC+8``, ``UTC+5:30``, ``UTC``."""
    ahead = moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    minutes = int(ahead.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return "UTC" + (f"{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "") if minutes else "")


def moment(at: datetime, zone: str, tag: str) -> str:
    """Date and time in an IANA zone, with its distance from UTC then: ``25 November 2026, 15:49 UTC+1``."""
    return f"{day_and_hours(day(at.astimezone(ZoneInfo(zone)), tag), clock(at, zone, tag), tag)} {offset(at, zone)}"


def day_and_hours(day: str, hours: str, tag: str) -> str:
    """A day and hours, as the language joins them: ``9 February 2027, 08:30``, ``2027年2月9日 08:30``."""
    return str(locale_of(tag).datetime_formats["medium"]).replace("'", "").format(hours, day)


def zone_city(zone: str, tag: str) -> str:
    """The city by which an IANA zone is known, in the reader's language: ``Los Angeles``, ``洛杉矶``."""
    return str(dates.get_timezone_location(zone, locale=locale_of(tag), return_city=True))


def partial_date(value: str, tag: str) -> str:
    """A date of which we may know only the year or the month: ``2014``, ``1992-06``, ``2018-12-03``."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return str(dates.format_skeleton("y", date(parts[0], 1, 1), locale=locale_of(tag)))
    if len(parts) == 2:
        return str(dates.format_skeleton("yMMMM", date(parts[0], parts[1], 1), locale=locale_of(tag)))
    return str(dates.format_date(date(*parts), "long", locale=locale_of(tag)))


def day(moment: date | datetime, tag: str) -> str:
    return str(dates.format_date(moment, "long", locale=locale_of(tag)))


def full_day(moment: date, tag: str) -> str:
    """With the day of the week: ``Thursday, December 3, 2026``."""
    return str(dates.format_date(moment, "full", locale=locale_of(tag)))


def short_day(moment: date, tag: str) -> str:
    """Without its year: ``Dec 3``, ``12月3日``."""
    return str(dates.format_skeleton("MMMd", moment, locale=locale_of(tag)))


def short_moment(when: datetime, zone: str, tag: str) -> str:
    """Day and time of day in a zone: ``25 Nov 2026, 14:32``."""
    there, locale = when.astimezone(ZoneInfo(zone)), locale_of(tag)
    date, time = (dates.format_date(there, "medium", locale=locale), dates.format_time(there, "short", locale=locale))
    return day_and_hours(date, time, tag)


def comma_list(items: Sequence[str], tag: str) -> str:
    """``a, b and c``, ``a、b和c``, ``a وb وc``."""
    return str(lists.format_list(list(items), locale=locale_of(tag)))


def country(code: str, tag: str) -> str:
    """The country's name for the reader; its code where CLDR has none."""
    return str(locale_of(tag).territories.get(code, code))


def weekday(index: int, tag: str) -> str:
    """Short name of a day, 0 is Monday."""
    return str(locale_of(tag).days["stand-alone"]["abbreviated"][index])


def week_start(tag: str) -> int:
    """The day on which weeks begin where most who read this language live, 0 is Monday: Saturday in Arabic, Sunday in Japanese."""
    return int(locale_of(get_global("likely_subtags").get(tag, tag)).first_week_day)


def week(tag: str) -> list[int]:
    """The days of a week in the order in which they are read, 0 is Monday."""
    return [(week_start(tag) + n) % 7 for n in range(7)]


def weekday_in_full(index: int, tag: str) -> str:
    return str(locale_of(tag).days["stand-alone"]["wide"][index])


def opening_days(hours: Hours, tag: str, holidays: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Rules of opening hours as ``(days, spans)`` for a list; ``holidays`` is the word for public holidays."""

    def name(index: int) -> str:
        return holidays if index == 7 else weekday(index, tag)

    rows = []
    for rule in hours.rules:
        days = [name(a) if a == b else f"{name(a)}–{name(b)}" for a, b in rule.days]
        rows.append((comma_list(days, tag), list(rule.spans)))
    return rows
