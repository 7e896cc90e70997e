"""Making the database of an archive: the tables as they were in its version, its rows, and then this version's tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.graph import MigrationGraph
from django.db.utils import Error

from cityplus import jobs
from cityplus.backup.archive import Reader
from cityplus.backup.rows import read_rows
from cityplus.backup.saving import STORE
from cityplus.backup.tables import BackupError, Table, advance_ids, here, names
from cityplus.journal.models import Entry
from cityplus.lib.migrating import Executor
from cityplus.media.keys import make_again

Tell = Callable[[str], None]


def check_version(manifest: dict[str, Any]) -> None:
    """Raises :class:`BackupError` when the archive knows migrations that this version does not: it is newer."""
    ours = set(Executor(connection).loader.disk_migrations)
    unknown = [
        f"{app}.{name}" for app, told in manifest["migrations"].items() for name in told if (app, name) not in ours
    ]
    if unknown:
        more = f" and {len(unknown) - 3} more" if len(unknown) > 3 else ""
        raise BackupError(
            f"the backup was made by a newer version (CityPlus {manifest['program']}): this one does not know "
            f"{', '.join(unknown[:3])}{more}. Restore it with that version"
        )


def is_older(manifest: dict[str, Any]) -> bool:
    """Whether this version has migrations that the archive does not know."""
    theirs = {(app, name) for app, told in manifest["migrations"].items() for name in told}
    return bool(set(Executor(connection).loader.disk_migrations) - theirs)


def migrate_to(manifest: dict[str, Any]) -> None:
    """Make the tables as they were when the archive was made, in a database that has none."""
    executor = Executor(connection)
    theirs = {(app, name) for app, told in manifest["migrations"].items() for name in told}
    graph = executor.loader.graph
    executor.migrate([node for node in graph.nodes if node in theirs and _is_last(graph, node, theirs)])


def _is_last(graph: MigrationGraph, node: tuple[str, str], theirs: set[tuple[str, str]]) -> bool:
    """Whether no later migration of the same room is among theirs."""
    return not any(child.key in theirs and child.key[0] == node[0] for child in graph.node_map[node].children)


def migrate() -> None:
    """Bring the tables to this version."""
    call_command("migrate", interactive=False, verbosity=0)


def tables_of(manifest: dict[str, Any]) -> list[Table]:
    return [Table(**told) for told in manifest["tables"]]


def fill(archive: Reader, tell: Tell) -> None:
    """Put the archive's rows in the place of all that is in the tables, in one transaction.

    Raises:
        BackupError: the tables are not those of the archive, or its rows do not hold together.
    """
    tables = tables_of(archive.manifest)
    _check_columns(tables)
    try:
        with _unchecked(), transaction.atomic():
            _clear()
            _rows(archive, tables, tell)
            for table in tables:
                advance_ids(table)
            connection.check_constraints()
    except Error as error:
        raise BackupError(f"the rows of the backup do not hold together: {str(error).splitlines()[0]}") from None


def _check_columns(tables: list[Table]) -> None:
    present = {table.name: set(table.columns) for table in here()}
    for table in tables:
        if table.name not in present:
            raise BackupError(f"the backup holds the table {table.name}, which this version does not have")
        if set(table.columns) != present[table.name]:
            differing = ", ".join(sorted(set(table.columns) ^ present[table.name]))
            raise BackupError(f"the table {table.name} has other columns in the backup than here: {differing}")


def _clear() -> None:
    """Empty every table, also those that no archive holds."""
    kinds = names()
    mine = [name for name in kinds if name != "django_migrations"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, mine))}")
        else:
            for name in mine:
                if kinds[name] == "table":
                    cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608


def _rows(archive: Reader, tables: list[Table], tell: Tell) -> None:
    total, done, told = sum(table.rows for table in tables), 0, 0

    def count(rows: int) -> None:
        nonlocal done, told
        done += rows
        if done == total or done - told >= 100_000:
            told = done
            tell(f"rows: {done:,} of {total:,}")

    for table in tables:
        with archive.lines(table.part) as source:
            read_rows(table, source, count)
    if done != total:
        raise BackupError(f"the backup holds {done:,} rows, and its manifest names {total:,}")


@contextmanager
def _unchecked() -> Iterator[None]:
    """Rows may come before those that they point to. PostgreSQL looks at the end of the transaction; SQLite, which does not wait,
    does not look at all meanwhile."""
    if connection.vendor == "postgresql":
        yield
        return
    connection.disable_constraint_checking()
    try:
        yield
    finally:
        connection.enable_constraint_checking()


def _remember(archive: Reader) -> None:
    """The journal says what happened, also to itself: whoever kept something since its last entry is to keep it no longer."""
    Entry.objects.create(
        verb="network.restored", subject="", subject_id=0, by="restore", data={"made": archive.manifest["made"]}
    )


def finish(archive: Reader, why: str) -> int:
    """Have made again what the archive does not hold: derived tables, and renditions. Returns of how many media."""
    with transaction.atomic():
        _remember(archive)
        for prefix, kind in jobs.kinds.derivations().items():
            jobs.enqueue(kind, key=f"{why}:{prefix}")
        return make_again(lambda key: archive.has(STORE + key), why)


@contextmanager
def pointed_at(path: Path) -> Iterator[None]:
    """Have this process use another SQLite database while the block runs."""
    settings = connection.settings_dict
    before = settings["NAME"]
    connection.close()
    settings["NAME"] = path
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = before


def build_sqlite(path: Path, archive: Reader, why: str, tell: Tell) -> int:
    """Make a SQLite database of an archive, complete and in one file; returns how many media are rendered again."""
    with pointed_at(path):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")  # nobody counts on the file before it is whole
        migrate_to(archive.manifest)
        fill(archive, tell)
        migrate()
        again = finish(archive, why)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(1)")
            if (found := cursor.fetchone()[0]) != "ok":
                raise BackupError(f"the new database is not sound: {found}")
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA journal_mode = DELETE")  # all of it in one file, which can be moved as one
    return again
