from __future__ import annotations

import io
import stat
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from cityplus.lib.archives import ArchiveError, Bounds, opened

BOUNDS = Bounds(entries=20, total=1_000_000, single=600_000)


def archive(path: Path, *files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, content in files:
            file.writestr(name, content)
    return path


def test_what_was_packed_comes_out(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", ("city.yaml", b"format: 1"), ("media/海牙.svg", b"<svg/>"))
    with opened(path, BOUNDS) as found:
        assert found.names() == ["city.yaml", "media/海牙.svg"]
        (tmp_path / "out").mkdir()
        found.unpack(tmp_path / "out")
    assert (tmp_path / "out/media/海牙.svg").read_bytes() == b"<svg/>"


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "a\\..\\x", "C:/x", "."])
def test_a_name_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path / "a.zip", (name, b"x"))
    with pytest.raises(ArchiveError, match="leads outside"), opened(path, BOUNDS):
        pass


def test_a_link_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = archive(tmp_path / "a.zip", (link, b"/etc/passwd"))
    with pytest.raises(ArchiveError, match="a link or a device"), opened(path, BOUNDS):
        pass


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", *((f"{i}", b"") for i in range(21)))
    with pytest.raises(ArchiveError, match="holds 21 entries; 20 are taken"), opened(path, BOUNDS):
        pass


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", ("bomb", bytes(50_000_000)))
    assert path.stat().st_size < 100_000
    with pytest.raises(ArchiveError, match="unpacks to more than 600,000 bytes"), opened(path, BOUNDS):
        pass


def test_files_that_are_too_much_together_are_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", ("a", bytes(550_000)), ("b", bytes(550_000)))
    with pytest.raises(ArchiveError, match="unpacks to more than 1,000,000 bytes"), opened(path, BOUNDS):
        pass


def test_a_size_that_lies_is_found_while_unpacking(tmp_path: Path) -> None:
    content = bytes(300_000)
    raw = bytearray(archive(tmp_path / "a.zip", ("a", content)).read_bytes())
    truth, lie = len(content).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert raw.count(truth) == 2
    (tmp_path / "lie.zip").write_bytes(bytes(raw).replace(truth, lie))
    with opened(tmp_path / "lie.zip", BOUNDS) as found, pytest.raises(ArchiveError, match=r"damaged|more than"):
        found.copy("a", io.BytesIO())


def test_damage_is_told(tmp_path: Path) -> None:
    raw = bytearray(archive(tmp_path / "a.zip", ("a", b"word " * 50), method=zipfile.ZIP_STORED).read_bytes())
    raw[60] ^= 0xFF
    (tmp_path / "b.zip").write_bytes(raw)
    with opened(tmp_path / "b.zip", BOUNDS) as found, pytest.raises(ArchiveError, match="damaged"):
        found.copy("a", io.BytesIO())
    (tmp_path / "c.zip").write_bytes(b"PK and nothing else")
    with pytest.raises(ArchiveError, match="damaged or no zip"), opened(tmp_path / "c.zip", BOUNDS):
        pass


def test_one_name_twice_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = archive(tmp_path / "a.zip", ("a", b"1"), ("a", b"2"))
    with pytest.raises(ArchiveError, match="twice"), opened(path, BOUNDS):
        pass


def crowd(path: Path, entries: int) -> Path:
    """An archive of so many empty entries, written by hand: ``zipfile`` would need a minute for a million."""
    one = struct.pack("<4sHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0)
    with path.open("wb") as file:
        for i in range(entries):
            file.write(one[:28] + struct.pack("<H", 8) + one[30:] + f"{i:08}".encode())
        size = file.tell()
        big = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, size, 0)
        file.write(big + struct.pack("<4sIQI", b"PK\6\7", 0, size, 1))
        file.write(struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))
    return path


def test_a_million_entries_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = crowd(tmp_path / "crowd.zip", 1_000_000)
    tracemalloc.start()
    bounds, why = (
        Bounds(entries=5000, total=10**9, single=10**9),
        "table of contents is too long; 5000 entries are taken",
    )
    with pytest.raises(ArchiveError, match=why), opened(path, bounds):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_as_many_entries_as_are_taken_are_read(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", *((f"a name of some length, as files have them, {i}", b"") for i in range(2000)))
    with opened(path, Bounds(entries=2000, total=10**6, single=10**6)) as found:
        assert len(found.names()) == 2000


def test_an_archive_in_an_archive_stays_one_file(tmp_path: Path) -> None:
    """What unpacks to an archive is not unpacked again: 42.zip has no second act."""
    inner = archive(tmp_path / "inner.zip", ("bomb", bytes(500_000)))
    path = archive(tmp_path / "a.zip", ("inner.zip", inner.read_bytes()))
    with opened(path, BOUNDS) as found:
        (tmp_path / "out").mkdir()
        found.unpack(tmp_path / "out")
    assert [file.name for file in (tmp_path / "out").rglob("*")] == ["inner.zip"]
