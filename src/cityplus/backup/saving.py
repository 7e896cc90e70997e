"""Making a backup, while the network goes on: the rows as they are at one moment, then the files that they name.

Files lie in the store under names that carry the hash of their content, and are never changed; those that come later are not
named by the rows, and those that go (a rendition that is made anew) are left out and made again.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from cityplus import __version__
from cityplus.backup.archive import Writer, writing
from cityplus.backup.rows import write_rows
from cityplus.backup.tables import Table, here
from cityplus.lib.snapshots import snapshot
from cityplus.media.keys import keys_in_use

Tell = Callable[[str], None]
_PIECE = 1024 * 1024
STORE = "store/"
SIGNING = "secret"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is not in the database: the ``secret`` key (``kept`` where it lies in the data folder, and so comes along), and the
    settings as one may read them."""

    data: Path
    secret: str
    kept: bool
    settings: Mapping[str, str] = field(default_factory=dict)


def fingerprint(secret: str) -> str:
    """Enough of a hash to see whether two keys are the same."""
    return hashlib.sha256(f"cityplus backup:{secret}".encode()).hexdigest()[:16]


def migrations() -> dict[str, list[str]]:
    """The migrations that were applied, by room."""
    applied: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        applied.setdefault(app, []).append(name)
    return applied


def save(path: Path, around: Surroundings, tell: Tell, *, renditions: bool = True, files: bool = True) -> list[str]:
    """Write the network into one file. Returns a sentence for each original that the store has lost or that is damaged: the
    backup is whole but for these.

    Raises:
        BackupError: something is at the path already, or it cannot be written.
    """
    with writing(path) as out:
        made = datetime.now(UTC)
        with snapshot():
            tables = _tables(out, tell)
            applied = migrations()
            keys = list(keys_in_use(renditions=renditions)) if files else []
        lost = _files(out, keys, tell)
        if around.kept:
            with out.part(SIGNING) as part:
                part.write(around.secret.encode())
        out.finish(
            {
                "program": __version__,
                "made": made.isoformat(timespec="seconds"),
                "engine": connection.vendor,
                "python": platform.python_version(),
                "migrations": applied,
                "tables": [table.as_json() for table in tables],
                "lost": lost,
                "secret": fingerprint(around.secret),
                "settings": dict(around.settings),
            }
        )
    return lost


def _tables(out: Writer, tell: Tell) -> list[Table]:
    found, done, told, tables = here(), 0, 0, []

    def count(rows: int) -> None:
        nonlocal done, told
        done += rows
        if done - told >= 100_000:
            told = done
            tell(f"rows: {done:,}")

    for table in found:
        with out.part(table.part, packed=True) as part:
            tables.append(write_rows(table, part, count))
    tell(f"tables: {len(tables)}, with {done:,} rows")
    return tables


def _files(out: Writer, keys: list[tuple[str, str]], tell: Tell) -> list[str]:
    lost, told = [], 0
    for number, (key, digest) in enumerate(keys, 1):
        problem = _file(out, key, digest)
        if problem:
            tell(problem)
            lost.append(problem)
        if number == len(keys) or number * 20 // len(keys) > told:
            told = number * 20 // len(keys)
            tell(f"files: {number:,} of {len(keys):,}")
    return lost


def _file(out: Writer, key: str, digest: str) -> str:
    """Copy one file of the store; a sentence when it is an original that is lost or damaged."""
    try:
        source = default_storage.open(key)
    except FileNotFoundError:
        return f"{key} is lost: the store has it no more" if digest else ""
    with source, out.part(STORE + key) as part:
        shutil.copyfileobj(source, part, _PIECE)
        found = part.sha256.hexdigest()  # type: ignore[attr-defined]
    return f"{key} is damaged: its hash is another than when it came" if digest not in {"", found} else ""


def public_settings(env: Any) -> Iterator[tuple[str, str]]:
    """The settings by name, as one may read them: of a secret one, only whether it was given."""
    for setting in fields(env):
        value = getattr(env, setting.name)
        yield setting.name, ("given" if value else "") if setting.metadata["secret"] else str(value)
