"""Putting a backup back. Everything is verified first; then files are added to the store, where they harm nobody; then the
database changes from what it was to what it shall be, in one step: a rename with SQLite, a commit with PostgreSQL. Whoever is
killed before that step has left everything as it was, and after it, everything as it shall be."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection, transaction

from cityplus.actors.models import Actor
from cityplus.backup import filling
from cityplus.backup.archive import Reader, reading
from cityplus.backup.aside import keep_files, keep_rows
from cityplus.backup.saving import SIGNING, STORE, Surroundings, Tell, fingerprint
from cityplus.backup.tables import BackupError, names
from cityplus.backup.usage import check_nobody_is_connected
from cityplus.journal.models import Entry
from cityplus.media import store
from cityplus.people.models import Person

UNFINISHED = ".restore-"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it: where the old network was kept (if there was one), how many media are rendered again, and sentences that
    the operator should read."""

    aside: Path | None
    rendering: int
    remarks: list[str]


def restore(path: Path, around: Surroundings, tell: Tell, *, replace: bool = False) -> Restored:
    """Put the network of an archive in the place of the one that is here.

    Raises:
        BackupError: the archive is damaged, foreign or newer; something is here and ``replace`` was not said; the network is
            running; there is too little room. Nothing was changed.
    """
    with reading(path, _percent(tell)) as archive:
        filling.check_version(archive.manifest)
        full = _is_full()
        if full and not replace:
            raise BackupError(
                "a network is here already. Say --replace to put the backup in its place; what is here is kept aside"
            )
        check_nobody_is_connected()
        _check_room(archive, around.data)
        with _workshop(around.data) as shop:
            put = _sqlite if connection.vendor == "sqlite" else _postgresql
            aside, rendering = put(archive, around.data, shop, full, tell)
        return Restored(aside, rendering, [*_secret(archive, around, aside), *_differences(archive, around)])


def _percent(tell: Tell) -> Callable[[int, int], None]:
    told = -1

    def hear(done: int, total: int) -> None:
        nonlocal told
        if total and done * 10 // total > told:
            told = done * 10 // total
            tell(f"verified: {told * 10} %")

    return hear


def _is_full() -> bool:
    """Whether anybody or anything is here; tables alone are nothing."""
    if not {"actors_actor", "people_person", "journal_entry"} <= set(names()):
        return False
    return Actor.objects.exists() or Person.objects.exists() or Entry.objects.exists()


def _check_room(archive: Reader, data: Path) -> None:
    free = shutil.disk_usage(data).free
    if archive.archive.size > free:
        raise BackupError(
            f"the backup unpacks to {archive.archive.size // 2**20} MB, and the disk of {data} has {free // 2**20} MB free"
        )


@contextmanager
def _workshop(data: Path) -> Iterator[Path]:
    """A folder for what is unfinished; those of restores that were killed are swept first."""
    for left in data.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    shop = data / f"{UNFINISHED}{secrets.token_hex(4)}"
    shop.mkdir(mode=0o700)
    try:
        yield shop
    finally:
        shutil.rmtree(shop, ignore_errors=True)


def _sqlite(archive: Reader, data: Path, shop: Path, full: bool, tell: Tell) -> tuple[Path | None, int]:
    here, built = Path(connection.settings_dict["NAME"]), shop / "new.sqlite3"
    rendering = filling.build_sqlite(built, archive, shop.name, tell)
    aside = _aside(data) if full else None
    if aside:
        tell(f"keeping what is here in {aside}")
        keep_files(aside, data)
    _add_files(archive, tell)
    check_nobody_is_connected()  # and leaves the old database in one file
    if aside:
        os.link(here, aside / here.name)
    _settle(built)
    tell("changing over")
    built.replace(here)
    _settle(here.parent)
    return aside, rendering


def _postgresql(archive: Reader, data: Path, shop: Path, full: bool, tell: Tell) -> tuple[Path | None, int]:
    older = filling.is_older(archive.manifest)
    if not names():
        filling.migrate_to(archive.manifest)
    elif older:
        raise BackupError("the backup was made by an older version: with PostgreSQL, restore it into an empty database")
    else:
        filling.migrate()
    aside = _aside(data) if full else None
    if aside:
        tell(f"keeping what is here in {aside}")
        keep_files(aside, data)
        keep_rows(aside, data)
    _add_files(archive, tell)
    if older:
        filling.fill(archive, tell)
        filling.migrate()
        return aside, filling.finish(archive, shop.name)
    with transaction.atomic():
        filling.fill(archive, tell)
        rendering = filling.finish(archive, shop.name)
        tell("changing over")
    return aside, rendering


def _aside(data: Path) -> Path:
    folder = data / f"before-{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    folder.mkdir(mode=0o700)
    return folder


def _add_files(archive: Reader, tell: Tell) -> None:
    """Add the archive's files to the store. What lies there under the same key is the same, or it is damaged and replaced."""
    files = [(digest, part) for digest, part in archive.sums() if part.startswith(STORE)]
    told = 0
    for number, (digest, part) in enumerate(files, 1):
        _add(archive, part, digest)
        if number == len(files) or number * 20 // len(files) > told:
            told = number * 20 // len(files)
            tell(f"files: {number:,} of {len(files):,}")


def _add(archive: Reader, part: str, digest: str) -> None:
    key = part.removeprefix(STORE)
    if default_storage.exists(key):
        with store.local(key) as path:
            if store.digest(path) == digest:
                return
        default_storage.delete(key)
    with store.workbench() as bench:
        path = bench / "file"
        with path.open("xb") as out:
            archive.copy(part, out)
        _settle(path)
        store.move_in(path, key)


def _secret(archive: Reader, around: Surroundings, aside: Path | None) -> Iterator[str]:
    """Put the secret key in its place, where it lies in the data folder on both sides."""
    if archive.has(SIGNING) and around.kept:
        target, draft = around.data / "secret", around.data / ".secret-restored"
        if aside:
            shutil.copy2(target, aside / target.name)
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            archive.copy(SIGNING, out)
        _settle(draft)
        draft.replace(target)
    elif archive.manifest["secret"] != fingerprint(around.secret):
        yield "the secret key is another than when the backup was made: what was signed with that one holds no longer"


def _differences(archive: Reader, around: Surroundings) -> Iterator[str]:
    before = archive.manifest["settings"]
    for name, value in around.settings.items():
        if before.get(name, value) != value:
            yield f"the setting {name} was “{before[name]}” and is “{value}”"
    for problem in archive.manifest["lost"]:
        yield f"when the backup was made: {problem}"


def _settle(path: Path) -> None:
    """See that the disk has it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
