"""Two engines below one interface: SQLite with FTS5, and PostgreSQL with GIN.

An engine keeps six tables. ``search_item`` and ``search_word`` (the vocabulary) are plain ones; four are *sets of tokens*
under a number: ``search_title`` (an item's names and place), ``search_text`` (all its words and place), ``search_slip`` (the
keys of a word's typing mistakes), ``search_flow`` (the words of what comes without end). The tables are the engine's own, not
models: a rebuild makes new ones beside them and exchanges them at its end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

from django.db import connection

HIGHEST = (1 << 63) - 1

Groups = Sequence[Collection[str]]
"""What is looked for: a number has it when each group has a token that the number has."""

Staged = Sequence[tuple[int, Collection[str], Collection[str]]]
"""A rank, the tokens of its title, the tokens of its text."""

FLOW = "search_flow"
"""The table of what flows (see :mod:`cityplus.search.flows`): its numbers are in the order of time."""
SETS = ("search_title", "search_text", "search_slip", FLOW)
TABLES = ("search_item", "search_word", *SETS)
NEXT = "_next"
"""What the tables of a rebuild are called by until it ends."""


class Engine(Protocol):
    """What the two can do. Numbers are positive and below 2^63, tokens hold no blank, quote or backslash."""

    def create(self, suffix: str = "") -> None:
        """Make the tables."""

    def index(self, suffix: str = "") -> None:
        """Make the indexes of the tables; with many rows it is quicker after they are in."""

    def put(self, table: str, rows: Iterable[tuple[int, Collection[str]]], suffix: str = "") -> None:
        """Write sets of tokens; those of the same number are replaced."""

    def drop(self, table: str, numbers: Sequence[int]) -> None:
        """Take sets away; what is not there is away already."""

    def find(self, table: str, groups: Groups, limit: int, kind: int | None = None) -> list[int]:
        """The greatest numbers that fit all groups, the greatest first; of items, those of one kind (its order)."""

    def asking(self, table: str, groups: Groups, kind: int) -> tuple[str, list[Any]]:
        """A query, with its values, for the ``number`` of each item of a kind that fits all groups: a part of another query. A token that
        ends with a ``*`` stands for all that begin so."""

    def pour(self, rows: Sequence[tuple[int, Collection[str]]], suffix: str = "") -> None:
        """Write things that flow, each new, their numbers growing."""

    def newest(self, groups: Groups, before: int, limit: int) -> list[int]:
        """The greatest numbers below ``before`` of what flows and fits all groups, the greatest first. A token that ends with a
        ``*`` stands for all that begin so."""

    def load(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Write many new rows of a plain table, in the order of its columns."""

    def stage(self, rows: Staged) -> None:
        """Keep an item's tokens for :meth:`settle`; numbers may come in any order."""

    def settle(self, bounds: Sequence[tuple[int, int]]) -> None:
        """Write what was staged into the tables of the rebuild, in the order that serves finding. ``bounds`` are the least
        and the greatest number of each kind."""

    def exchange(self) -> None:
        """Put the tables of the rebuild into the places of the ones in use, in the transaction that is open."""

    def clear_next(self) -> None:
        """Throw away what a rebuild that did not end left behind."""


def engine() -> Engine:
    """The engine of the database in use."""
    from cityplus.search.engines.postgresql import PostgreSQL  # noqa: PLC0415 - only one of the two is needed
    from cityplus.search.engines.sqlite import SQLite  # noqa: PLC0415

    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


def run(sql: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def run_many(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def rows_of(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query; columns are of whatever type they have."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return list(cursor.fetchall())


def marks(values: Collection[object]) -> str:
    """Placeholders for a list of values: ``(%s, %s)``."""
    return f"({', '.join(['%s'] * len(values))})"


def first(low: int, high: int, limit: int) -> list[int]:
    """The greatest ranks of items from ``low`` to ``high``, the greatest first."""
    found = rows_of(
        "SELECT rank FROM search_item WHERE rank BETWEEN %s AND %s ORDER BY rank DESC LIMIT %s", (low, high, limit)
    )
    return [rank for (rank,) in found]


def one_of(tokens: Collection[str], quote: str, word: str) -> str:
    """The part of a question that asks for any of these tokens. Tokens hold no quotes, so nothing in them is an operator."""
    return "(" + word.join(f"{quote}{token}{quote}" for token in sorted(tokens)) + ")"


def begun(asked: str, quote: str, sign: str) -> str:
    """A question in which the beginnings of tokens are marked as an engine wants them: the sign stands after the quote."""
    return asked.replace(f"*{quote}", f"{quote}{sign}")
