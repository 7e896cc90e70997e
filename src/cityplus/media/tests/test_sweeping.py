"""Sweeping: what nothing points to is taken away after some hours, and nothing else ever is."""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.config.cli import main
from cityplus.media import holding, store, sweeping
from cityplus.media.holding import FileGone
from cityplus.media.models import Medium, Stray
from cityplus.media.tests.conftest import add, photo, work

ORPHAN = "originals/aa/" + "a" * 64 + ".jpg"


def orphan(tmp_path: Path, key: str = ORPHAN, *, hours: float = 0) -> str:
    """A file without a row, which the sweeper has known of for so many hours, or not at all."""
    path = tmp_path / "orphan"
    path.write_bytes(b"nobody's")
    store.move_in(path, key)
    if hours:
        Stray.objects.create(key=key, seen_at=timezone.now() - timedelta(hours=hours))
    return key


def test_orphans_are_swept_after_some_hours_and_what_has_rows_never(keeper: Actor, tmp_path: Path) -> None:
    add(keeper, photo(tmp_path / "sea.jpg", (480, 100)))
    work()
    old, young = orphan(tmp_path, hours=13), orphan(tmp_path, "renditions/bbbbbbbbbbbbbbbb/480.jpg", hours=11)
    new = orphan(tmp_path, "renditions/cccccccccccccccc/480.jpg")
    swept = sweeping.sweep()
    assert (swept.files, swept.bytes) == (1, 8)
    assert (store.has(old), store.has(young), store.has(new)) == (False, True, True)
    assert set(Stray.objects.values_list("key", flat=True)) == {young, new}
    assert list(sweeping.missing(deep=True)) == []
    assert sweeping.sweep(grace_hours=0).files == 2
    assert not Path(default_storage.path(young)).parent.exists()  # nor its folder
    assert not Stray.objects.exists()


@pytest.mark.usefixtures("in_a_bucket")
def test_orphans_in_a_bucket_too(keeper: Actor, tmp_path: Path) -> None:
    medium = add(keeper, photo(tmp_path / "sea.jpg", (480, 100)))
    orphan(tmp_path)
    assert sweeping.sweep().files == 0
    assert sweeping.sweep(grace_hours=0).files == 1
    assert store.has(medium.original)


def test_a_file_that_is_wanted_again_is_a_stray_no_more(keeper: Actor, tmp_path: Path) -> None:
    """Its hours are counted anew, should it lose its row again: a copy of the network may be under way."""
    path = photo(tmp_path / "sea.jpg", (48, 10))
    medium = add(keeper, path)
    Medium.objects.all().delete()
    assert sweeping.sweep().files == 0
    Stray.objects.update(seen_at=timezone.now() - timedelta(hours=99))
    medium = add(keeper, path)
    Medium.objects.all().delete()
    assert sweeping.sweep().files == 0
    assert store.has(medium.original)


@pytest.mark.usefixtures("db")
def test_a_workbench_is_swept_when_its_process_has_ended_and_not_before(tmp_path: Path) -> None:
    with store.workbench() as bench:
        os.utime(bench, (0, 0))
        assert sweeping.sweep().benches == 0
        assert bench.is_dir()
    left, fresh, odd = (store.benches() / name for name in ("left", "fresh", "odd"))
    for folder in (left, fresh, odd):
        folder.mkdir()
        (folder / "half a film").write_bytes(b"half")
    (left / ".held").touch()
    for folder in (left, odd):
        os.utime(folder, (0, 0))
    assert sweeping.sweep().benches == 2
    assert [path.name for path in store.benches().iterdir()] == ["fresh"]


def test_a_medium_whose_file_is_swept_the_moment_before_its_row_keeps_it_again(
    keeper: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file lay there without a row, so it is not copied; then the sweeper comes."""
    keep = store.keep

    def kept_and_swept(path: Path, key: str) -> str:
        monkeypatch.setattr(store, "keep", keep)
        keep(path, key)
        assert sweeping.sweep(grace_hours=0).files == 1
        return key

    monkeypatch.setattr(store, "keep", kept_and_swept)
    medium = add(keeper, photo(tmp_path / "sea.jpg", (48, 10)))
    assert store.has(medium.original)
    assert list(sweeping.missing(deep=True)) == []


def test_no_row_is_written_for_a_file_that_is_not_there(
    keeper: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "keep", lambda _, key: key)
    with pytest.raises(FileGone):
        add(keeper, photo(tmp_path / "sea.jpg", (48, 10)))
    assert not Medium.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_sweeper_waits_for_who_is_writing_a_row(tmp_path: Path) -> None:
    """Whoever has looked that the file is there may rely on it until the row is committed."""
    key, told = orphan(tmp_path), []
    owner = Actor.objects.create(handle="thehague", kind=Actor.Kind.CITY)

    def sweep() -> None:
        told.append(sweeping.sweep(grace_hours=0).files)
        connection.close()

    sweeper = threading.Thread(target=sweep)
    with transaction.atomic():
        holding.rely_on([key])
        sweeper.start()
        sweeper.join(0.5)
        assert told == []  # it waits
        Medium.objects.create(
            owner=owner, kind="picture", name="x", sha256="a" * 64, original=key, bytes=8, content_type="image/jpeg"
        )
    sweeper.join()
    assert told == [0]
    assert store.has(key)


def test_what_is_missing_or_changed_is_named(keeper: Actor, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    medium = add(keeper, photo(tmp_path / "sea.jpg", (480, 100)))
    work()
    first, second, *_ = medium.renditions.all()
    Path(default_storage.path(first.key)).unlink()
    Path(default_storage.path(second.key)).write_bytes(b"short")
    original = Path(default_storage.path(medium.original))
    original.write_bytes(original.read_bytes()[:-1] + b"x")
    assert list(sweeping.missing()) == [
        f"{medium}: its rendition {first.key} is missing",
        f"{medium}: its rendition {second.key} has 5 bytes instead of {second.bytes}",
    ]
    assert next(sweeping.missing(deep=True)) == f"{medium}: the original has other bytes than it had"
    assert main(["media", "check"]) == 1
    assert "2 files of media are not as their rows say" in capsys.readouterr().err


def test_the_program_sweeps_and_checks(thehague: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    orphan(tmp_path, hours=2)
    assert main(["media", "sweep"]) == 0
    assert main(["media", "sweep", "--grace-hours", "1"]) == 0
    assert main(["media", "check", "--deep"]) == 0
    told = capsys.readouterr().out
    assert told.index("0 files without a row") < told.index("1 files without a row (0.0 MB)")
    assert "Every medium has its original" in told
