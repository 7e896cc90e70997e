"""The engine on PostgreSQL: ``tsvector`` columns of our own tokens under GIN indexes.

A GIN index gives all rows of a common word before the first can be taken, so the sets stand in four *tiers*, each with an
index of its own: the 4,096 first of a kind, the next 28,672, the next 229,376, and the rest. A search goes on to the next
tier only when it has not found enough.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection

from cityplus.search.engines import FLOW, NEXT, SETS, TABLES, Groups, Staged, begun, one_of, rows_of, run, run_many
from cityplus.search.items import order_of

_PLAIN = {
    "search_item": """
        rank bigint PRIMARY KEY, kind smallint NOT NULL, object_id bigint NOT NULL, handle text NOT NULL,
        parent bigint NOT NULL, url_name text NOT NULL, url_args text NOT NULL, names text NOT NULL,
        lat double precision, lon double precision, digest bigint NOT NULL""",
    "search_word": """
        id bigint PRIMARY KEY, kind smallint NOT NULL, text text COLLATE "C" NOT NULL, top integer NOT NULL,
        items integer NOT NULL, weight integer NOT NULL""",
    "search_tier": "tier smallint NOT NULL, low bigint NOT NULL, high bigint NOT NULL",
}
_INDEXES = (
    ("search_item", "(kind, object_id)"),
    ("search_item", "(kind, handle, parent)"),
    ("search_word", "(kind, text)"),
    *(("search_word", f"(kind, substr(text, 1, {length}), weight DESC, text)") for length in (1, 2, 3)),
    ("search_slip", "USING gin (tokens) WITH (fastupdate = off)"),
    (FLOW, "USING gin (tokens) WITH (fastupdate = off)"),
    *(
        (table, f"USING gin (tokens) WITH (fastupdate = off) WHERE tier = {tier}")
        for table in ("search_title", "search_text")
        for tier in range(4)
    ),
)
_TIERS = (0, 4_096, 32_768, 262_144)
"""At which place of its kind each tier begins."""


_SPANS = (38, 43, 48, 53)
"""Bits of a number below which a span of time begins anew: 70 minutes, 37 hours, 50 days, 4 years."""


class PostgreSQL:
    def create(self, suffix: str = "") -> None:
        for table, columns in _PLAIN.items():
            run(f"CREATE TABLE {table}{suffix} ({columns})")
        self.create_sets(SETS, suffix)

    def create_sets(self, tables: Collection[str], suffix: str = "") -> None:
        for table in tables:
            run(
                f"CREATE TABLE {table}{suffix} (id bigint PRIMARY KEY, tier smallint NOT NULL, tokens tsvector NOT NULL)"
            )

    def index(self, suffix: str = "", only: str = "") -> None:
        for table, columns in _INDEXES:
            if only in ("", table):
                run(f"CREATE INDEX ON {table}{suffix} {columns}")

    def put(self, table: str, rows: Iterable[tuple[int, Collection[str]]], suffix: str = "") -> None:
        if suffix:  # of a rebuild, where every number is new; what has tiers goes through settle()
            self.load(f"{table}{suffix}", [(number, 0, _vector(tokens)) for number, tokens in rows])
            return
        tier = "coalesce((SELECT min(tier) FROM search_tier WHERE %s BETWEEN low AND high), 0)"
        run_many(
            f"INSERT INTO {table} (id, tier, tokens) VALUES (%s, {tier}, %s::tsvector) "
            "ON CONFLICT (id) DO UPDATE SET tier = excluded.tier, tokens = excluded.tokens",
            [(number, number, _vector(_with_kind(table, number, tokens))) for number, tokens in rows],
        )

    def drop(self, table: str, numbers: Sequence[int]) -> None:
        run(f"DELETE FROM {table} WHERE id = ANY(%s)", [list(numbers)])

    def find(self, table: str, groups: Groups, limit: int, kind: int | None = None) -> list[int]:
        if not groups or not all(groups):
            return []
        asked = " & ".join(one_of(group, "'", " | ") for group in [*groups, *([] if kind is None else [{_of(kind)}])])
        # By “id + 0”, for by “id” the planner may read the whole table in that order, hoping for early matches.
        one = f"(SELECT id FROM {table} WHERE tier = {{}} AND tokens @@ %s::tsquery ORDER BY id + 0 DESC LIMIT %s)"
        # UNION ALL is read from its first part on, and only until there is enough.
        tiers = range(1 if table == "search_slip" else len(_TIERS))
        union = " UNION ALL ".join(one.format(tier) for tier in tiers)
        found = rows_of(f"SELECT id FROM ({union}) AS tiers LIMIT %s", [*([asked, limit] * len(tiers)), limit])
        return sorted((number for (number,) in found), reverse=True)

    def asking(self, table: str, groups: Groups, kind: int) -> tuple[str, list[Any]]:
        asked = begun(" & ".join(one_of(group, "'", " | ") for group in [*groups, {_of(kind)}]), "'", ":*")
        one = f"SELECT id AS number FROM {table} WHERE tier = {{}} AND tokens @@ %s::tsquery"
        return " UNION ALL ".join(one.format(tier) for tier in range(len(_TIERS))), [asked] * len(_TIERS)

    def pour(self, rows: Sequence[tuple[int, Collection[str]]], suffix: str = "") -> None:
        values = [(number, 0, _vector([*tokens, *_spans(number)])) for number, tokens in rows]
        if suffix:
            self.load(f"{FLOW}{suffix}", values)
        else:
            run_many(f"INSERT INTO {FLOW} (id, tier, tokens) VALUES (%s, %s, %s::tsvector)", values)

    def newest(self, groups: Groups, before: int, limit: int) -> list[int]:
        asked = begun(" & ".join(one_of(group, "'", " | ") for group in groups), "'", ":*")
        # GIN gives all rows of a common word before the first can be taken; so it is asked together with the tokens of spans of
        # time, ever longer ones, until there is enough.
        top = min(before - 1, rows_of(f"SELECT coalesce(max(id), 0) FROM {FLOW}")[0][0])
        for bits in (*_SPANS, None):
            within = [] if bits is None else [one_of({_span(top, bits), _span(top - (1 << bits), bits)}, "'", " | ")]
            sql = f"SELECT id FROM {FLOW} WHERE tokens @@ %s::tsquery AND id < %s ORDER BY id + 0 DESC LIMIT %s"
            found = rows_of(sql, (" & ".join([asked, *within]), before, limit))
            if len(found) >= limit:
                break
        return [number for (number,) in found]

    def load(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def stage(self, rows: Staged) -> None:
        kinds = [(rank, _of(order_of(rank)), title, text) for rank, title, text in rows]
        staged = [(rank, _vector([kind, *title]), _vector([kind, *text])) for rank, kind, title, text in kinds]
        self.load("pg_temp.search_stage", staged)

    def settle(self, bounds: Sequence[tuple[int, int]]) -> None:
        run("ANALYZE pg_temp.search_stage")
        for low, high in bounds:
            self._bound_tiers(low, high)
        for table, column in (("search_title", "title"), ("search_text", "text")):
            run(
                f"INSERT INTO {table}{NEXT} (id, tier, tokens) SELECT rank, coalesce(tier, 0), {column} "
                f"FROM pg_temp.search_stage LEFT JOIN search_tier{NEXT} ON rank BETWEEN low AND high ORDER BY rank DESC"
            )
        run("DROP TABLE pg_temp.search_stage")
        self.index(NEXT)
        for table in TABLES:
            run(f"ANALYZE {table}{NEXT}")

    def _bound_tiers(self, low: int, high: int) -> None:
        """Write from where to where each tier of a kind goes; the last one takes what is lower."""
        top = high
        for tier, after in enumerate(_TIERS[1:]):
            found = rows_of(
                "SELECT rank FROM pg_temp.search_stage WHERE rank BETWEEN %s AND %s ORDER BY rank DESC OFFSET %s LIMIT 1",
                (low, high, after),
            )
            if not found:
                run(f"INSERT INTO search_tier{NEXT} VALUES (%s, %s, %s)", (tier, low, top))
                return
            run(f"INSERT INTO search_tier{NEXT} VALUES (%s, %s, %s)", (tier, found[0][0] + 1, top))
            top = found[0][0]
        run(f"INSERT INTO search_tier{NEXT} VALUES (%s, %s, %s)", (len(_TIERS) - 1, low, top))

    def exchange(self) -> None:
        for table in (*TABLES, "search_tier"):
            run(f"DROP TABLE {table}")
            run(f"ALTER TABLE {table}{NEXT} RENAME TO {table}")

    def clear_next(self) -> None:
        for table in (*TABLES, "search_tier"):
            run(f"DROP TABLE IF EXISTS {table}{NEXT}")
        run("DROP TABLE IF EXISTS pg_temp.search_stage")
        run("CREATE TEMP TABLE search_stage (rank bigint PRIMARY KEY, title tsvector, text tsvector)")


def _of(kind: int) -> str:
    """The token by which the items of a kind are told apart within the index, so that no row of another is read."""
    return f"~k{kind}"


def _span(number: int, bits: int) -> str:
    return f"~t{bits}_{max(0, number) >> bits}"


def _spans(number: int) -> list[str]:
    return [_span(number, bits) for bits in _SPANS]


def _with_kind(table: str, number: int, tokens: Collection[str]) -> Collection[str]:
    return tokens if table == "search_slip" else [_of(order_of(number)), *tokens]


def _vector(tokens: Collection[str]) -> str:
    """A tsvector as PostgreSQL reads it. Tokens hold no quotes."""
    return " ".join(f"'{token}'" for token in tokens)
