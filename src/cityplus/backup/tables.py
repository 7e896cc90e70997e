"""Which tables there are, what their columns are, and which of them an archive holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from cityplus.backup.kinds import kind_of
from cityplus.jobs.kinds import derivations

LEFT = {
    "django_migrations": "its rows stand in the manifest, and are written by migrating",
    "django_session": "a session that was ended since must not live again; people sign in anew",
    "usersessions_usersession": "what is known of the sessions goes with them",
    "pulse_salt": "it makes visitors numbers for one day, and is overwritten when that day is over; a copy would outlive it",
    "pulse_seen": "the numbers of a day's visitors, which mean nothing without its salt",
    "packs_export": "a pack that was asked for opens for a day; its zip is as large as all media, and is asked for again",
    "limits_tally": "how often somebody tried in these minutes, which are over",
}
"""Tables that no archive holds, with the reason."""


class BackupError(ValueError):
    """What keeps a backup from being made or put back; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an archive. ``kinds`` stand in the order of ``columns``; ``rows`` and ``newest`` (the highest id that was ever
    given, 0 where the engine counts none) are known once it is read."""

    name: str
    columns: list[str]
    kinds: list[str]
    key: str = ""
    rows: int = 0
    newest: int = 0

    @property
    def part(self) -> str:
        return f"tables/{self.name}.jsonl"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def here() -> list[Table]:
    """The tables of the database that belong into an archive, by name.

    Raises:
        BackupError: a virtual table is there of which no room says how it is made anew.
    """
    fields = _fields()
    return [_table(name, fields.get(name, {})) for name in sorted(names()) if _is_kept(name)]


def names() -> dict[str, str]:
    """All tables, with what they are: ``table``, or ``virtual`` or ``shadow`` where SQLite keeps something else behind them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND type != 'view'")
            return {name: kind for name, kind in cursor.fetchall() if not name.startswith("sqlite_")}
        return {info.name: "table" for info in connection.introspection.get_table_list(cursor) if info.type in "tp"}


def is_derived(name: str) -> bool:
    """Whether a room has said that a job makes this table anew."""
    return any(name.startswith(prefix) for prefix in derivations())


def _is_kept(name: str) -> bool:
    if name in LEFT or is_derived(name):
        return False
    if names()[name] != "table":
        raise BackupError(f"the table {name} is virtual, and no room says how it is made anew (jobs.derived)")
    return True


def _fields() -> dict[str, dict[str, models.Field[Any, Any]]]:
    """The models' columns, by table and column."""
    found: dict[str, dict[str, models.Field[Any, Any]]] = {}
    for model in apps.get_models(include_auto_created=True):
        columns = {str(field.column): field for field in model._meta.local_concrete_fields}
        found.setdefault(model._meta.db_table, {}).update(columns)
    return found


def _table(name: str, fields: dict[str, models.Field[Any, Any]]) -> Table:
    columns = list(_columns(name))
    kinds = [kind_of(fields[column]) if column in fields else "any" for column in columns]
    key = next((column for column in columns if column in fields and fields[column].primary_key), "")
    return Table(name, columns, kinds, key)


def _columns(name: str) -> Iterator[str]:
    """The columns that hold something of their own; what the engine computes is not told."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM pragma_table_xinfo(%s) WHERE hidden = 0 ORDER BY cid", [name])
        else:
            cursor.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
                " AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
                [name],
            )
        yield from (row[0] for row in cursor.fetchall())


def newest_id(table: Table) -> int:
    """The highest id that the table ever gave, also when its row is gone: ids of the journal must not be given twice."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
        elif table.key:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table.name}"', table.key])
            sequence = (cursor.fetchone() or [None])[0]
            if sequence is None:
                return 0
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608
        else:
            return 0
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def advance_ids(table: Table) -> None:
    """See that no id is given again that was given before."""
    if not table.newest:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, table.newest])
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s) WHERE pg_get_serial_sequence(%s, %s) IS NOT NULL",
                [f'"{table.name}"', table.key, table.newest, f'"{table.name}"', table.key],
            )
