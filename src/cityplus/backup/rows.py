"""The rows of tables as lines of JSON: out of either engine, and into either."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import IO, Any

from django.db import connection

from cityplus.backup.kinds import INTO, OUT, changing
from cityplus.backup.tables import BackupError, Table, newest_id

_BATCH = 2_000
_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Count = Callable[[int], None]


def write_rows(table: Table, out: IO[bytes], count: Count) -> Table:
    """Write a table as lines; returns it with how many rows it has. Call it inside of a snapshot."""
    change, rows = changing(table.kinds, OUT), 0
    columns = ", ".join(map(_name, table.columns))
    order = f" ORDER BY {_name(table.key)}" if table.key else ""
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {_name(table.name)}{order}")  # noqa: S608 - names of our own tables
        while batch := cursor.fetchmany(_BATCH):
            out.write("".join([f"{_line(change(row))}\n" for row in batch]).encode())
            rows += len(batch)
            count(len(batch))
    return replace(table, rows=rows, newest=newest_id(table))


def read_rows(table: Table, source: IO[bytes], count: Count) -> None:
    """Insert the lines of a table, in the transaction that is open.

    Raises:
        BackupError: a row cannot stand in this engine, such as one with a NUL character in PostgreSQL.
    """
    change = changing(table.kinds, INTO[connection.vendor])
    rows = (change(json.loads(line)) for line in source)
    insert = _insert_sqlite if connection.vendor == "sqlite" else _copy_postgresql
    try:
        insert(table, _counted(rows, count))
    except (ValueError, connection.Database.Error) as error:  # type: ignore[attr-defined] # rows go past Django's cursors
        raise BackupError(f"the table {table.name} cannot be filled: {error}") from None


def _insert_sqlite(table: Table, rows: Iterator[list[Any]]) -> None:
    columns, marks = ", ".join(map(_name, table.columns)), ", ".join("?" * len(table.columns))
    connection.connection.cursor().executemany(
        f"INSERT INTO {_name(table.name)} ({columns}) VALUES ({marks})",  # noqa: S608
        rows,
    )


def _copy_postgresql(table: Table, rows: Iterable[list[Any]]) -> None:
    columns = ", ".join(map(_name, table.columns))
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY {_name(table.name)} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _counted(rows: Iterator[list[Any]], count: Count) -> Iterator[list[Any]]:
    while batch := list(islice(rows, _BATCH)):
        yield from batch
        count(len(batch))


def _name(name: str) -> str:
    return connection.ops.quote_name(name.replace('"', ""))
