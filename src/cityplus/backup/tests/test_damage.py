"""An archive that is damaged, cut off, foreign or newer is refused with a sentence, before anything is touched."""

from __future__ import annotations

import json
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cityplus.backup.archive import reading
from cityplus.backup.tables import BackupError
from cityplus.backup.tests.server import Server


def refused(path: Path, says: str) -> None:
    with pytest.raises(BackupError, match=says), reading(path, lambda done, total: None):
        pass


def changed(archive: Path, path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """The archive with some of its parts changed, whole as a zip."""
    with zipfile.ZipFile(archive) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def test_the_whole_one_is_taken(archive: Path) -> None:
    told: list[int] = []
    with reading(archive, lambda done, total: told.append(done)) as read:
        assert read.manifest["parts"] == len(list(read.sums())) == len(told)


def test_a_flipped_bit_in_any_part_is_seen(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as file:
        infos = [info for info in file.infolist() if info.file_size]
    assert len(infos) > 20
    data = bytearray(archive.read_bytes())
    path = tmp_path / "flipped.zip"
    for info in infos:
        at = info.header_offset + 30 + len(info.filename.encode()) + 20 + info.compress_size // 2  # 20: sizes of zip64
        data[at] ^= 0x10
        path.write_bytes(data)
        refused(path, "damaged|no zip")
        data[at] ^= 0x10


def test_a_flipped_bit_anywhere_is_seen_or_changes_nothing(archive: Path, tmp_path: Path) -> None:
    """Some bytes of a zip say nothing that we read, such as the hours of its files."""
    data = bytearray(archive.read_bytes())
    with reading(archive, lambda done, total: None) as read:
        whole = (read.manifest, list(read.sums()))
    path = tmp_path / "flipped.zip"
    seen = 0
    for at in random.Random(5).sample(range(len(data)), 60):  # noqa: S311
        data[at] ^= 1 << at % 8
        path.write_bytes(data)
        try:
            with reading(path, lambda done, total: None) as read:
                assert (read.manifest, list(read.sums())) == whole
        except BackupError:
            seen += 1
        data[at] ^= 1 << at % 8
    assert seen > 40


@pytest.mark.parametrize("share", [0, 0.001, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_off(archive: Path, tmp_path: Path, share: float) -> None:
    data = archive.read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[: int(len(data) * share)])
    refused(tmp_path / "cut.zip", "cut.zip is damaged or no zip")


def test_what_is_no_backup(tmp_path: Path) -> None:
    refused(tmp_path / "none.zip", "there is no file")
    (tmp_path / "notes.txt").write_text("to do")
    refused(tmp_path / "notes.txt", "no zip")
    with zipfile.ZipFile(tmp_path / "foreign.zip", "w") as file:
        file.writestr("thehague/city.yaml", "format: cityplus-pack/2")
    refused(tmp_path / "foreign.zip", r"foreign\.zip is no backup of CityPlus: it holds no manifest\.json")


def swap(parts: dict[str, bytes]) -> None:
    one, two = [name for name in parts if name.startswith("store/originals/")]
    parts[one], parts[two] = parts[two], parts[one]


def say(**said: object) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | said).encode()

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (swap, "is damaged: the part store/originals/.* is not what it was"),
        (lambda parts: parts.pop("tables/cities_city.jsonl"), "is damaged: the part tables/cities_city.jsonl is missing"),
        (lambda parts: parts.update({"store/originals/evil": b"x"}), "holds .* parts, and its manifest names"),
        (lambda parts: parts.update({"SHA256SUMS": parts["SHA256SUMS"][:-80]}), "SHA256SUMS is not the one"),
        (lambda parts: parts.pop("SHA256SUMS"), "is no backup of CityPlus"),
        (lambda parts: parts.update({"manifest.json": b"[]"}), "is no backup of CityPlus, or its manifest is damaged"),
        (lambda parts: parts.update({"manifest.json": b"{"}), "is no backup of CityPlus, or its manifest is damaged"),
        (say(format="cityplus-backup/2"), "it is a cityplus-backup/2; this version reads cityplus-backup/1, and no other"),
        (say(parts=3), "holds .* parts, and its manifest names 3"),
    ],
)  # fmt: skip
def test_an_archive_that_was_tampered_with(
    archive: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], object], says: str
) -> None:
    refused(changed(archive, tmp_path / "changed.zip", change), says)


def test_a_newer_one_is_refused_by_the_command_and_nothing_is_touched(
    archive: Path, empty: Server, tmp_path: Path
) -> None:
    def newer(parts: dict[str, bytes]) -> None:
        migrations = json.loads(parts["manifest.json"])["migrations"]
        migrations["cities"].append("0107_twin_cities")
        say(migrations=migrations, program="7.0")(parts)

    path = changed(archive, tmp_path / "newer.zip", newer)
    code, _, err = empty.run("restore", str(path))
    assert code == 1
    assert "was made by a newer version (CityPlus 7.0): this one does not know cities.0107_twin_cities" in err
    code, _, err = empty.run("restore", str(changed(archive, path, swap)))
    assert (code, "nothing was restored. newer.zip is damaged" in err) == (1, True)
    assert not (empty.data / "media").exists()


def test_rows_that_do_not_hold_together_are_refused(archive: Path, empty: Server, tmp_path: Path) -> None:
    """Every hash is right, and yet a row points to none: somebody wrote this archive."""
    import hashlib  # noqa: PLC0415

    def lose_the_cities(parts: dict[str, bytes]) -> None:
        old = parts["tables/cities_city.jsonl"]
        parts["tables/cities_city.jsonl"] = b""
        sums = parts["SHA256SUMS"].replace(
            hashlib.sha256(old).hexdigest().encode(), hashlib.sha256(b"").hexdigest().encode()
        )
        parts["SHA256SUMS"] = sums
        manifest = json.loads(parts["manifest.json"])
        for table in manifest["tables"]:
            table["rows"] -= table["name"] == "cities_city"
        say(tables=manifest["tables"], sums=hashlib.sha256(sums).hexdigest())(parts)

    code, _, err = empty.run("restore", str(changed(archive, tmp_path / "evil.zip", lose_the_cities)))
    assert code == 1
    assert "the rows of the backup do not hold together" in err
    assert empty.python("from cityplus.actors.models import Actor\nfrom django.core.management import call_command\n"
                        "call_command('migrate', verbosity=0); print(Actor.objects.count())") == "0\n"  # fmt: skip


def test_a_backup_that_cannot_be_written_leaves_nothing(full: Server, tmp_path: Path) -> None:
    code, _, err = full.run("backup", "--out", str(tmp_path / "none" / "network.zip"))
    assert (code, "cannot be written: No such file or directory" in err) == (1, True)
    shutil.copy(full.data / "secret", tmp_path / "network.zip")
    assert full.run("backup", "--out", str(tmp_path / "network.zip"))[0] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["network.zip"]
