"""Packs that mean harm, or are far too large: refused in one sentence, in little memory, with nothing written or reached."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cityplus.cities.models import City
from cityplus.media import store
from cityplus.packs import loading, opening
from cityplus.packs.importing import import_packs
from cityplus.packs.reading import PackError
from cityplus.packs.tests.conftest import edit
from cityplus.packs.tests.test_errors import nothing_was_written

pytestmark = pytest.mark.django_db


def refused(path: Path, says: str) -> None:
    with pytest.raises(PackError, match=says):
        import_packs(path)
    nothing_was_written()
    with store.workbench() as bench:
        assert list(bench.parent.iterdir()) == [bench]  # what was unpacked is gone


def zipped(pack: Path, path: Path, *more: tuple[str | zipfile.ZipInfo, bytes], inside: str = "delft/") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for found in sorted(pack.rglob("*")):
            if found.is_file():
                file.write(found, inside + found.relative_to(pack).as_posix())
        for name, content in more:
            file.writestr(name, content)
    return path


@pytest.mark.parametrize("inside", ["", "delft/", "content/delft/", "content/cities of 2026/"])
def test_a_zip_is_taken_as_its_folder_would_be(pack: Path, tmp_path: Path, inside: str) -> None:
    (city,) = import_packs(zipped(pack, tmp_path / "delft.zip", inside=inside))
    assert (city.handle, city.routes.count()) == ("delft", 1)


def test_a_zip_says_its_name_and_not_where_it_was_unpacked(pack: Path, tmp_path: Path) -> None:
    edit(pack, "city.yaml", "hue: 210", "hue: 400")
    refused(zipped(pack, tmp_path / "from-delft.zip", inside=""), r"^from-delft/city\.yaml, line 14: “400”")


@pytest.mark.parametrize("name", ["../evil.yaml", "/etc/cron.d/evil", "delft/media/../../../evil"])
def test_a_name_that_leads_outside(pack: Path, tmp_path: Path, name: str) -> None:
    refused(zipped(pack, tmp_path / "delft.zip", (name, b"evil")), "leads outside of it")


def test_a_link_in_a_zip(pack: Path, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("delft/media/passwd.svg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    refused(zipped(pack, tmp_path / "delft.zip", (link, b"/etc/passwd")), "is a link or a device")


def link_the_cover(pack: Path) -> None:
    (pack / "media/cover.svg").rename(pack.parent / "cover.svg")
    (pack / "media/cover.svg").symlink_to(pack.parent / "cover.svg")


def link_the_stops(pack: Path) -> None:
    stops = pack / "routes/along-the-canal/stops"
    stops.rename(pack.parent / "stops")
    stops.symlink_to(pack.parent / "stops")


def loop(pack: Path) -> None:
    (pack / "media/more").symlink_to(pack)


def pipe(pack: Path) -> None:
    os.mkfifo(pack / "media/pipe.svg")


@pytest.mark.parametrize("evil", [link_the_cover, link_the_stops, loop, pipe])
def test_a_link_or_a_pipe_in_a_folder(pack: Path, evil: Callable[[Path], None]) -> None:
    evil(pack)
    refused(pack, "is a link or a device; a pack holds plain files")


def test_a_pack_that_is_a_link_among_packs_is_not_followed(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    (tmp_path / "all/delft").symlink_to(pack)
    refused(tmp_path / "all", "holds no pack")


def test_a_bomb_in_a_zip(pack: Path, tmp_path: Path) -> None:
    path = zipped(pack, tmp_path / "delft.zip", ("delft/media/bomb.svg", bytes(80 * 2**20)))
    assert path.stat().st_size < 2**20
    refused(path, "would unpack to more than 100 times its size")


def test_a_file_that_lies_about_its_size(pack: Path, tmp_path: Path) -> None:
    path = zipped(pack, tmp_path / "delft.zip", ("delft/media/bomb.svg", bytes(2**20)))
    data = path.read_bytes()
    path.write_bytes(data.replace((2**20).to_bytes(4, "little"), (2**10).to_bytes(4, "little")))
    refused(path, "more than the archive says|is damaged")


def test_a_zip_that_is_cut_off(pack: Path, tmp_path: Path) -> None:
    path = zipped(pack, tmp_path / "delft.zip")
    path.write_bytes(path.read_bytes()[:-40])
    refused(path, "damaged or no zip")


def test_a_file_that_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("to do")
    refused(tmp_path / "notes.txt", "damaged or no zip")


def test_a_file_and_a_folder_of_one_name(pack: Path, tmp_path: Path) -> None:
    refused(zipped(pack, tmp_path / "delft.zip", ("delft/media", b"")), "cannot be unpacked")


LAUGHS = "a: &a [ha, ha]\n" + "\n".join(f"b{i}: &b{i} [*{'a' if i == 0 else f'b{i - 1}'}, *a]" for i in range(40))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"original: nl\n{LAUGHS}\n", r"city\.yaml, line 3: no aliases"),
        ("original: nl\nformat: " + "[" * 100_000, r"city\.yaml, line 2: nested too deeply"),
        ("original: nl\nformat: " + "{a: " * 100_000, r"city\.yaml, line 2: nested too deeply"),
        ("original: nl\nformat: [" + "1," * 300_000 + "]", r"line 2: more than 200000 values in one file"),
        ("original: nl\n" + "? [a, b]\n: c\n", r"line 2: a key is a word"),
        ("original: nl\nformat: !!map {a: 1}\n---\noriginal: nl\n", r"line 4: a file holds one document"),
        ("original: nl\nhue: !!binary aGFoYQ==\n", r"line 2: “aGFoYQ==” with the tag .*binary is not taken"),
        ("original: nl\nhue: !!set {a, b}\n", r"line 2: the tag .*set is not taken"),
        ("original: nl\nhue: " + "9" * 5000, r"city\.yaml, line 2: “9{60}” with the tag .* is not taken"),
        ('original: nl\nhandle: "a\\0b"\nformat: cityplus-pack/3', "is not one of cityplus-pack/1, cityplus-pack/2"),
        ("#" * (loading.MOST_BYTES + 1), r"delft/city\.yaml has more than 4 MB"),
    ],
    ids=["laughs", "brackets", "braces", "values", "key", "documents", "binary", "set", "digits", "version", "bytes"],
)  # fmt: skip
def test_yaml_that_would_unfold_or_never_end(pack: Path, text: str, says: str) -> None:
    (pack / "city.yaml").write_text(text)
    refused(pack, says)


def test_a_nul_is_in_no_word(pack: Path) -> None:
    edit(pack, "city.yaml", 'source: "CBS"', 'source: "C\\0S"')
    refused(pack, r"city\.yaml, line \d+: a NUL character")


def test_too_many_files(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_FILES", 5)
    refused(pack, "delft holds more than 5 files")


def test_too_much_yaml_in_all(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_YAML", 1500)
    refused(pack, "delft holds more than 0 MB of YAML")


def test_a_million_entries_take_little_memory(tmp_path: Path) -> None:
    """In a process of its own, whose memory is measured."""
    code = """
import io, resource, sys, zipfile
from pathlib import Path
from cityplus.lib.archives import ArchiveError, Bounds, opened
head = bytes.fromhex("504b01021403140000000000000021000000000000000000000000000600000000000000000000000000") + bytes(4)
path = Path(sys.argv[1])
with path.open("wb") as file:
    for n in range(1_000_000):
        file.write(head + b"%06d" % n)
    size = file.tell()
    file.write(b"PK\\x05\\x06" + bytes(4) + b"\\xff\\xff\\xff\\xff" + size.to_bytes(4, "little") + bytes(4) + bytes(2))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    with opened(path, Bounds(100_000, 2**40, 2**40)):
        print("taken")
except ArchiveError as error:
    print(error)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", code, str(tmp_path / "many.zip")], capture_output=True, text=True, check=True
    )
    said, grown = done.stdout.splitlines()
    assert "100000 entries" in said
    assert int(grown) < 100 * 1024


def test_what_nothing_names_is_said_and_left_out(pack: Path) -> None:
    (pack / "media/cover.film.yaml").write_text("frames: 5")
    (pack / "README.md").write_text("Delft")
    told: list[str] = []
    import_packs(pack, told.append)
    assert told[0] == "delft: named nowhere in the pack, and left out: README.md, media/cover.film.yaml"
    assert City.objects.get().actor.media.count() == 2
