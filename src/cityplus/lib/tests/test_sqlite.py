"""The SQLite library that committed writes may be trusted to."""

from __future__ import annotations

import sqlite3
import sys

import pytest

from cityplus.lib import sqlite


@pytest.mark.parametrize("version", [(3, 44, 6), (3, 44, 7), (3, 50, 7), (3, 51, 3), (3, 52, 0), (3, 53, 4), (4, 0, 0)])
def test_sound(version: tuple[int, ...]) -> None:
    assert sqlite.is_sound(version)


@pytest.mark.parametrize(
    "version",
    [(3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 46, 1), (3, 49, 9), (3, 50, 6), (3, 51, 0), (3, 51, 2), (2, 99, 9)],
)
def test_not_sound(version: tuple[int, ...]) -> None:
    assert not sqlite.is_sound(version)


def test_the_library_in_use_is_sound() -> None:
    assert sqlite.is_sound(sqlite3.sqlite_version_info)
    connection = sqlite3.connect(":memory:")
    (version,) = connection.execute("SELECT sqlite_version()").fetchone()
    connection.close()
    assert sqlite.is_sound(tuple(int(part) for part in version.split(".")))


def test_without_a_sound_library_the_start_stops_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    old = type(sys)("sqlite3")
    old.sqlite_version_info, old.sqlite_version = (3, 40, 1), "3.40.1"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sqlite3", old)
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    with pytest.raises(RuntimeError, match=r"SQLite 3\.40\.1 can lose committed writes.*pip install 'pysqlite3"):
        sqlite.use_sound_library()
    assert sys.modules["sqlite3"] is old


def test_an_old_library_is_replaced_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    pysqlite3 = pytest.importorskip("pysqlite3", reason="made for CPython only")
    old = type(sys)("sqlite3")
    old.sqlite_version_info, old.sqlite_version = (3, 40, 1), "3.40.1"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sqlite3", old)
    monkeypatch.setitem(sys.modules, "sqlite3.dbapi2", old)
    assert sqlite.use_sound_library() == pysqlite3.sqlite_version
    assert sys.modules["sqlite3"] is pysqlite3
    assert sys.modules["sqlite3.dbapi2"] is pysqlite3.dbapi2
