"""The engine on SQLite: FTS5 tables that hold no text and no positions, only which number has which token."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import transaction

from cityplus.search.engines import (
    FLOW,
    HIGHEST,
    NEXT,
    SETS,
    TABLES,
    Groups,
    Staged,
    begun,
    marks,
    one_of,
    rows_of,
    run,
    run_many,
)
from cityplus.search.items import ranks_of_kind

_PLAIN = {
    "search_item": """
        rank INTEGER PRIMARY KEY, kind INTEGER NOT NULL, object_id INTEGER NOT NULL, handle TEXT NOT NULL,
        parent INTEGER NOT NULL, url_name TEXT NOT NULL, url_args TEXT NOT NULL, names TEXT NOT NULL,
        lat REAL, lon REAL, digest INTEGER NOT NULL""",
    "search_word": """
        id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, text TEXT NOT NULL, top INTEGER NOT NULL,
        items INTEGER NOT NULL, weight INTEGER NOT NULL""",
}
_INDEXES = (
    ("search_item", "(kind, object_id)"),
    ("search_item", "(kind, handle, parent)"),
    ("search_word", "(kind, text)"),
    *(("search_word", f"(kind, substr(text, 1, {length}), weight DESC, text)") for length in (1, 2, 3)),
)
_CHUNK = 20_000
"""Rows a transaction: others can write in between."""


class SQLite:
    def create(self, suffix: str = "") -> None:
        for table, columns in _PLAIN.items():
            run(f"CREATE TABLE {table}{suffix} ({columns})")
        self.create_sets(SETS, suffix)

    def create_sets(self, tables: Collection[str], suffix: str = "") -> None:
        for table in tables:
            # Our tokens are made already: every character but the ASCII punctuation belongs to one.
            run(
                f"CREATE VIRTUAL TABLE {table}{suffix} USING fts5"
                "(tokens, content='', contentless_delete=1, detail=none, tokenize=\"ascii tokenchars '~_'\")"
            )

    def index(self, suffix: str = "") -> None:
        stamp = secrets.token_hex(4)  # an index keeps its name when its table is renamed, and nobody asks for it
        for number, (table, columns) in enumerate(_INDEXES):
            run(f"CREATE INDEX {table}_{stamp}_{number} ON {table}{suffix} {columns}")

    def put(self, table: str, rows: Iterable[tuple[int, Collection[str]]], suffix: str = "") -> None:
        # FTS5 gathers rows in memory as long as their numbers grow; out of order, it would write after each.
        ordered = sorted((number, " ".join(sorted(tokens))) for number, tokens in rows)
        run_many(f"INSERT OR REPLACE INTO {table}{suffix} (rowid, tokens) VALUES (%s, %s)", ordered)

    def drop(self, table: str, numbers: Sequence[int]) -> None:
        run_many(f"DELETE FROM {table} WHERE rowid = %s", [(number,) for number in numbers])

    def find(self, table: str, groups: Groups, limit: int, kind: int | None = None) -> list[int]:
        if not groups or not all(groups):
            return []
        low, high = ranks_of_kind(kind) if kind is not None else (0, HIGHEST)
        asked = _asked(groups)
        found = rows_of(
            f"SELECT rowid FROM {table} WHERE {table} MATCH %s AND rowid BETWEEN %s AND %s ORDER BY rowid DESC LIMIT %s",
            (asked, low, high, limit),
        )
        return [number for (number,) in found]

    def asking(self, table: str, groups: Groups, kind: int) -> tuple[str, list[Any]]:
        sql = f"SELECT rowid AS number FROM {table} WHERE {table} MATCH %s AND rowid BETWEEN %s AND %s"
        return sql, [begun(_asked(groups), '"', " *"), *ranks_of_kind(kind)]

    def pour(self, rows: Sequence[tuple[int, Collection[str]]], suffix: str = "") -> None:
        self.put(FLOW, rows, suffix)

    def newest(self, groups: Groups, before: int, limit: int) -> list[int]:
        asked = begun(_asked(groups), '"', " *")
        sql = f"SELECT rowid FROM {FLOW} WHERE {FLOW} MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"
        return [number for (number,) in rows_of(sql, (asked, before, limit))]

    def load(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            run_many(f"INSERT INTO {table} VALUES {marks(rows[0])}", rows)

    def stage(self, rows: Staged) -> None:
        self.load("temp.search_stage", [(rank, " ".join(title), " ".join(text)) for rank, title, text in rows])

    def settle(self, bounds: Sequence[tuple[int, int]]) -> None:
        last = -1
        while chunk := [rank for (rank,) in rows_of(
            "SELECT rank FROM temp.search_stage WHERE rank > %s ORDER BY rank LIMIT %s", (last, _CHUNK)
        )]:  # fmt: skip
            with transaction.atomic():
                for table, column in (("search_title", "title"), ("search_text", "text")):
                    run(
                        f"INSERT INTO {table}{NEXT} (rowid, tokens) SELECT rank, {column} FROM temp.search_stage "
                        "WHERE rank BETWEEN %s AND %s ORDER BY rank",
                        (chunk[0], chunk[-1]),
                    )
            last = chunk[-1]
        run("DROP TABLE temp.search_stage")
        for table in SETS:
            run(f"INSERT INTO {table}{NEXT} ({table}{NEXT}) VALUES ('optimize')")
        self.index(NEXT)

    def exchange(self) -> None:
        for table in TABLES:
            run(f"DROP TABLE {table}")
            run(f"ALTER TABLE {table}{NEXT} RENAME TO {table}")

    def clear_next(self) -> None:
        for table in TABLES:
            run(f"DROP TABLE IF EXISTS {table}{NEXT}")
        run("DROP TABLE IF EXISTS temp.search_stage")
        run("CREATE TEMP TABLE search_stage (rank INTEGER PRIMARY KEY, title TEXT, text TEXT)")


def _asked(groups: Groups) -> str:
    return " AND ".join(one_of(group, '"', " OR ") for group in groups)
