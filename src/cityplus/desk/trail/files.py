"""The trail as a file, written while it is read: as CSV for spreadsheets, and as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC
from typing import Any

from django.utils import translation

from cityplus.cities.models import City
from cityplus.desk.trail.filters import Wish
from cityplus.desk.trail.lines import Line, told
from cityplus.web.addresses import absolute

PIECE = 500
"""Entries that are read and written at a time."""
COLUMNS = ("number", "at", "at_city", "by", "deed", "words", "thing", "address", "facts")
_FORMULA = set("=+-@\t\r\n＝＋－＠")


def cell(value: str) -> str:
    """A value that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it."""
    return f"'{value}" if value[:1] in _FORMULA or value.lstrip()[:1] in _FORMULA else value


def as_csv(city: City, wish: Wish, language: str) -> Iterator[str]:
    """Lines of CSV (RFC 4180), every value in quotation marks, with a mark before them by which spreadsheets know UTF-8."""
    yield "\ufeff" + _row(COLUMNS)
    for lines in _pieces(city, wish, language):
        yield "".join(_row([cell(str(value)) for value in _values(city, line).values()]) for line in lines)


def as_json(city: City, wish: Wish, language: str) -> Iterator[str]:
    """One JSON object; its ``entries`` stand one on a line."""
    head = json.dumps({"city": city.handle, "time_zone": city.time_zone, **wish.as_query()}, ensure_ascii=False)
    yield head[:-1] + ', "entries": ['
    before = "\n"
    for lines in _pieces(city, wish, language):
        said = (json.dumps(_values(city, line, plain=False), ensure_ascii=False) for line in lines)
        yield before + ",\n".join(said)
        before = ",\n"
    yield "\n]}\n"


FILES: dict[str, tuple[str, Callable[[City, Wish, str], Iterator[str]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json; charset=utf-8", as_json),
}
"""Content type and writer, by the ending of the file."""


def _pieces(city: City, wish: Wish, language: str) -> Iterator[list[Line]]:
    """The entries in words. An answer is written after its request has gone, and the language of the page with it."""
    below: int | None = None
    while True:
        entries = wish.entries(city)
        found = list((entries if below is None else entries.filter(id__lt=below))[:PIECE])
        if not found:
            return
        with translation.override(language):
            lines = told(city, found)
        yield lines
        below = found[-1].pk


def _values(city: City, line: Line, *, plain: bool = True) -> dict[str, Any]:
    entry = line.entry
    facts: Any = json.dumps(entry.data, ensure_ascii=False) if plain else entry.data
    address = absolute(line.thing.url) if line.thing and line.thing.url else ""
    moments = entry.at.astimezone(UTC).isoformat(timespec="seconds"), entry.at.astimezone(city.zone)
    values = (
        entry.pk, moments[0], moments[1].isoformat(timespec="seconds"), entry.by, entry.verb,
        line.words, line.thing.title if line.thing else "", address, facts,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _row(values: Any) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow(values)
    return out.getvalue()
