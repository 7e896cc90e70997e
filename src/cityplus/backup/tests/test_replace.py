"""Putting a backup in the place of a network that is here: only when asked, only when it rests, and in one step."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cityplus.backup.tests.server import READY, Server, server

CHANGE = (
    "from cityplus.cities.models import City; City.objects.update(hue=7)\n"
    "from cityplus.people.models import Person; Person.objects.create_user('bram', password='x')\n"
)
HUE = "from cityplus.cities.models import City; print(City.objects.get().hue)"


@pytest.fixture
def used(full: Server, archive: Path, tmp_path: Path) -> Iterator[Server]:
    """A server that was restored, and went on since."""
    with server(tmp_path / "used", full.engine) as made:
        made.done("restore", str(archive))
        made.python(CHANGE)
        (made.data / "media/originals/later.svg").write_text("<svg/>")
        yield made


def test_a_network_that_is_here_is_not_replaced_unasked(used: Server, archive: Path) -> None:
    code, _, err = used.run("restore", str(archive))
    assert code == 1
    assert "nothing was restored. a network is here already. Say --replace" in err
    assert used.python(HUE) == "7\n"


def test_a_running_network_is_not_replaced(used: Server, archive: Path) -> None:
    running = used.start("-c", f"{READY}{HUE[:-1]}, flush=True); import sys; sys.stdin.read()")
    assert running.stdout
    try:
        assert running.stdout.readline() == "7\n"
        code, _, err = used.run("restore", str(archive), "--replace")
        assert code == 1
        assert "CityPlus is running on this" in err
    finally:
        running.kill()
        running.communicate()
    assert used.python(HUE) == "7\n"


def test_what_was_here_is_kept_whole(used: Server, archive: Path, full: Server) -> None:
    before, files, secret = used.rows(), used.files(), (used.data / "secret").read_bytes()
    told = used.done("restore", str(archive), "--replace")
    assert used.python(HUE) == f"{full.rows()['cities.City'][0]['hue']}\n"
    assert [person["username"] for person in used.rows()["people.Person"]] == ["anna"]
    (aside,) = used.data.glob("before-*")
    assert f"What was here before is in {aside}." in told
    assert (aside / "secret").read_bytes() == secret
    assert (aside / "media/originals/later.svg").read_text() == "<svg/>"
    if used.engine == "sqlite":
        old = Server(aside)
        assert old.rows() == before
        assert {key: old.files()[key] for key in files} == files
    else:
        with server(used.data.parent / "old", used.engine) as old:
            old.done("restore", str(aside / "database.zip"))
            rows = old.rows()
            assert rows["people.Person"] == before["people.Person"]
            assert rows["cities.City"] == before["cities.City"]


def test_a_damaged_file_in_the_store_is_made_good(used: Server, archive: Path, full: Server) -> None:
    name = next(name for name in full.files() if name.startswith("originals/"))
    path = used.data / "media" / name
    path.unlink()
    path.write_bytes(b"rot")
    used.done("restore", str(archive), "--replace")
    assert path.read_bytes() == full.files()[name]


LINES = ("verified: ", "rows: ", "keeping ", "files: ", "changing over")


def state(of: Server) -> tuple[str, list[str]]:
    rows = of.rows()
    return rows["cities.City"][0]["hue"], [person["username"] for person in rows["people.Person"]]


def test_killed_at_any_moment_it_is_the_old_network_or_the_new(used: Server, archive: Path, full: Server) -> None:
    old, new = state(used), state(full)
    assert old != new
    for line in LINES:
        process = used.start("-m", "cityplus", "restore", str(archive), "--replace")
        assert process.stdout
        heard = next((said for said in process.stdout if said.startswith(line)), "")
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert heard, f"it never said {line}"
        now = state(used)
        assert now == old if line != "changing over" else now in (old, new)
        assert "ok    database" in used.run("doctor")[1]
    used.done("restore", str(archive), "--replace")
    assert state(used) == new
    assert list(used.data.glob(".restore-*")) == []  # what the killed ones left is swept
    files: dict[str, Any] = used.files()
    assert {key: files[key] for key in full.files()} == full.files()


def test_an_older_backup_is_brought_to_this_version(full: Server, archive: Path, empty: Server, tmp_path: Path) -> None:
    """The archive of a version that had one room less: its tables are made as they were, filled, and then migrated."""
    from cityplus.backup.tests.test_damage import changed, say  # noqa: PLC0415

    def older(parts: dict[str, bytes]) -> None:
        import hashlib  # noqa: PLC0415
        import json  # noqa: PLC0415

        manifest = json.loads(parts["manifest.json"])
        del manifest["migrations"]["tallies"]
        gone = [name for name in parts if name.startswith("tables/tall")]
        for name in gone:
            del parts[name]
        lines = parts["SHA256SUMS"].decode().splitlines(keepends=True)
        sums = "".join(line for line in lines if line.split("  ")[1].strip() not in gone).encode()
        parts["SHA256SUMS"] = sums
        tables = [table for table in manifest["tables"] if not table["name"].startswith("tall")]
        count = manifest["parts"] - len(gone)
        changes = {"migrations": manifest["migrations"], "tables": tables, "parts": count}
        say(**changes, sums=hashlib.sha256(sums).hexdigest())(parts)

    path = changed(archive, tmp_path / "older.zip", older)
    empty.done("restore", str(path))
    rows = empty.rows()
    assert rows["tallies.Odd"] == []
    assert rows["cities.City"] == full.rows()["cities.City"]
    assert "ok    database" in empty.run("doctor")[1]
    if empty.engine == "postgresql":
        code, _, err = empty.run("restore", str(path), "--replace")
        assert (code, "with PostgreSQL, restore it into an empty database" in err) == (1, True)
