"""Counting a batch of beacons, in one transaction, each by the rule.

Sets of rows travel as one JSON value a statement: the database takes them apart. That is five statements however large the
batch is, and Python holds nothing up while they run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from cityplus.pulse import rule
from cityplus.pulse.calendar import day_of, hour_of
from cityplus.pulse.models import Salt
from cityplus.pulse.tokens import Page

_LOCK = 0x636974790002
"""PostgreSQL advisory lock: batches of several processes follow each other. They would anyway, for every view changes the
network's row; so no two can wait for each other in a circle. SQLite has one writer at a time."""
_DURABLE = """
    SELECT pg_advisory_xact_lock(%s), CASE WHEN current_setting('synchronous_commit') IN ('off', 'local')
        THEN set_config('synchronous_commit', 'on', true) END
"""
_SOURCE = {"sqlite": "json_each(%s) AS e", "postgresql": "jsonb_array_elements(%s::jsonb) AS e(value)"}
_MEET = """
    INSERT INTO pulse_seen (day, visitor, subject, at)
    SELECT %s, CAST(e.value->>0 AS bigint), e.value->>1, CAST(e.value->>2 AS bigint) FROM {source} WHERE true
    ON CONFLICT (day, visitor, subject) DO NOTHING RETURNING visitor, subject
"""
_AGAIN = """
    UPDATE pulse_seen SET at = %s
    WHERE day = %s AND at <= %s
        AND (visitor, subject) IN (SELECT CAST(e.value->>0 AS bigint), e.value->>1 FROM {source})
    RETURNING visitor, subject
"""
_ADD = """
    INSERT INTO pulse_{table} ({period} kind, ref, language, views, visitors)
    SELECT {given} e.value->>0, e.value->>1, e.value->>2, CAST(e.value->>3 AS bigint), CAST(e.value->>4 AS bigint)
    FROM {source} WHERE true
    ON CONFLICT ({period} kind, ref, language) DO UPDATE
    SET views = pulse_{table}.views + excluded.views, visitors = pulse_{table}.visitors + excluded.visitors
"""
Met = tuple[int, str]
Row = tuple[str, str, str]


class Beacon(Protocol):
    """What is known of a beacon."""

    @property
    def page(self) -> Page: ...
    @property
    def network(self) -> str: ...
    @property
    def agent(self) -> str: ...


KNOWN = 50_000
"""Pairs of a visitor and a subject of which this process remembers that they are in the table: nobody asks for them again."""

_today: tuple[int, bytes] = (0, b"")
_known: dict[Met, None] = {}


def count(beacons: Sequence[Beacon], now: datetime) -> None:
    """Count these beacons as of this moment; returns after a durable commit.

    Counting the same batch again, as of the same moment, changes nothing.

    Raises:
        django.db.Error: it could not be done, or may have been.
    """
    day, salt = _salt(now)
    pages: dict[Met, Page] = {}
    for beacon in beacons:
        pages.setdefault((rule.visitor(salt, beacon.network, beacon.agent), beacon.page.own), beacon.page)
    first: dict[Met, str] = {}
    for (who, _), page in pages.items():
        for subject in page.counted:
            first.setdefault((who, subject.key), page.language)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_DURABLE, [_LOCK])
        at = int(now.timestamp())
        before = at - int(rule.AGAIN.total_seconds())
        met = sorted((*pair, at if pair in pages else 0) for pair in first.keys() - _known.keys())
        new = set(_rows(cursor, _MEET, [day, _json(met)])) if met else set()
        known = sorted(pages.keys() - new)
        again = _rows(cursor, _AGAIN, [at, day, before, _json(known)]) if known else []
        views = [*(pair for pair in pages if pair in new), *again]
        tally = _tally([pages[pair] for pair in views], [(first[pair], pair[1]) for pair in new])
        if tally:
            _add(cursor, tally, now)
    _remember(first)


def _salt(now: datetime) -> tuple[int, bytes]:
    """The day in hand and its salt; asked of the database when the day turns."""
    global _today  # noqa: PLW0603 - one value of the process, and only the writer's thread touches it
    if _today[0] - day_of(now) not in {0, 1}:
        _known.clear()
        _today = Salt.of(now)
    return _today


def forget_salt() -> None:
    """Ask the database again at the next batch."""
    global _today  # noqa: PLW0603
    _today = (0, b"")
    _known.clear()


def _remember(pairs: Iterable[Met]) -> None:
    """Keep in mind what is committed, and let go of the oldest."""
    _known.update(dict.fromkeys(pairs))
    for pair in list(islice(_known, max(0, len(_known) - KNOWN))):
        del _known[pair]


def _tally(views: Iterable[Page], visitors: Iterable[tuple[str, str]]) -> dict[Row, list[int]]:
    """What is to be added to each subject in each language: views and visitors."""
    tally: dict[Row, list[int]] = {}
    for page in views:
        for kind, ref in page.counted:
            tally.setdefault((kind, ref, page.language), [0, 0])[0] += 1
    for language, key in visitors:
        kind, _, ref = key.partition(":")
        tally.setdefault((kind, ref, language), [0, 0])[1] += 1
    return tally


def _add(cursor: CursorWrapper, tally: dict[Row, list[int]], now: datetime) -> None:
    rows = [[*row, *numbers] for row, numbers in tally.items()]
    sums: dict[Row, list[int]] = {}
    for (kind, ref, _), (views, visitors) in tally.items():
        whole = sums.setdefault((kind, ref, ""), [0, 0])
        whole[0] += views
        whole[1] += visitors
    with_sums = [*rows, *([*row, *numbers] for row, numbers in sums.items())]
    additions: list[tuple[str, list[Any]]] = [
        (_sql(_ADD, "total"), [_json(with_sums)]),
        (_sql(_ADD, "day"), [day_of(now), _json(rows)]),
        (_sql(_ADD, "hour"), [hour_of(now), _json(rows)]),
    ]
    if connection.vendor == "postgresql":  # one way there and back instead of three
        together = [value for _, values in additions for value in values]
        cursor.execute(";".join(sql for sql, _ in additions), together)
        return
    for sql, values in additions:
        cursor.execute(sql, values)


def _rows(cursor: CursorWrapper, sql: str, values: list[Any]) -> list[Met]:
    cursor.execute(_sql(sql), values)
    rows: list[Met] = cursor.fetchall()
    return rows


@lru_cache(maxsize=16)
def _sql(template: str, table: str = "") -> str:
    period = f"{table}," if table in {"day", "hour"} else ""
    return template.format(source=_SOURCE[connection.vendor], table=table, period=period, given="%s," if period else "")


def _json(rows: Any) -> str:
    return json.dumps(rows, separators=(",", ":"))
