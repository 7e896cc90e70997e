"""A network in one file and back: every row, every file, on either engine and across."""

from __future__ import annotations

import json
import stat
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from cityplus.backup.tests.server import READY, Server, server

WRITER = """
import sys
from django.db import transaction
from cityplus import journal
from cityplus.cities.models import City
n = 0
while True:
    n += 1
    with transaction.atomic():
        city = City.objects.get()
        strength = city.strengths.create(section="A", order=1000 + n)
        city.contacts.create(kind="phone", value=f"+31 {n:06}", order=1000 + n)
        journal.record("test.written", strength, n=n)
    print(n, flush=True)
"""


MANY = """
from cityplus.jobs.models import Job
Job.objects.bulk_create([Job(kind="many", key=f"many:{n}", state="dead") for n in range(50_000)], batch_size=5_000)
"""


DERIVING = {"tallies.words", "search.rebuild"}


def without_the_restore(rows: dict[str, Any]) -> dict[str, Any]:
    """The rows but for what a restore adds: its entry in the journal, and a job for what is derived."""
    entries = [entry for entry in rows["journal.Entry"] if entry["verb"] != "network.restored"]
    jobs = [job for job in rows["jobs.Job"] if job["kind"] not in DERIVING]
    return {**rows, "journal.Entry": entries, "jobs.Job": jobs, "sessions": 0}


def test_everything_comes_back(full: Server, archive: Path, empty: Server) -> None:
    comes_back(full, archive, empty)


def test_a_network_moves_to_the_other_engine_and_back(
    full: Server, archive: Path, empty: Server, tmp_path: Path
) -> None:
    """From PostgreSQL to SQLite and back, when the suite runs on PostgreSQL; from SQLite to SQLite, twice, where there is no
    other."""
    with server(tmp_path / "other", "sqlite") as other:
        comes_back(full, archive, other)
        other.python(
            "from cityplus.journal.models import Entry; Entry.objects.filter(verb='network.restored').delete()\n"
            "from cityplus.jobs.models import Job; Job.objects.filter(kind__in=['tallies.words', 'search.rebuild']).delete()"
        )
        other.done("backup", "--out", str(tmp_path / "other.zip"))
    empty.done("restore", str(tmp_path / "other.zip"))
    assert without_the_restore(empty.rows()) == without_the_restore(full.rows())
    assert empty.files() == full.files()


def comes_back(full: Server, archive: Path, empty: Server) -> None:
    told = empty.done("restore", str(archive))
    assert told.splitlines()[-1].startswith("Restored. Everybody signs in anew")
    before, after = full.rows(), empty.rows()
    assert before["sessions"] == 1
    assert after["sessions"] == 0
    assert len(after["journal.Entry"]) == len(before["journal.Entry"]) + 1
    assert without_the_restore(after) == without_the_restore(before)
    assert all(len(before[label]) for label in ("cities.City", "people.Person", "jobs.Job", "journal.Cursor", "tally"))
    assert empty.files() == full.files()
    assert len([name for name in empty.files() if name.startswith("renditions/")]) > 10
    assert (empty.data / "secret").read_bytes() == (full.data / "secret").read_bytes()
    assert stat.S_IMODE((empty.data / "secret").stat().st_mode) == 0o600
    assert [path.name for path in empty.data.iterdir() if path.name.startswith((".restore", "before"))] == []


def test_the_restored_network_goes_on(full: Server, archive: Path, empty: Server) -> None:
    """No id is given twice, and what waited is done."""
    with zipfile.ZipFile(archive) as file:
        tables = {table["name"]: table for table in json.loads(file.read("manifest.json"))["tables"]}
    newest = tables["journal_entry"]["newest"]
    assert newest > max(int(entry["id"]) for entry in full.rows()["journal.Entry"])  # the last one was removed
    empty.done("restore", str(archive))
    empty.python(
        "from cityplus import journal; from cityplus.cities.models import City; from django.db import transaction\n"
        "with transaction.atomic():\n    journal.record('test.later', City.objects.get())\n"
        "City.objects.get().strengths.create(section='B')"
    )
    later = next(entry for entry in empty.rows()["journal.Entry"] if entry["verb"] == "test.later")
    assert int(later["id"]) == newest + 2  # the restore is the one between
    assert "ok    database" in empty.run("doctor")[1]
    assert empty.done("city", "list").endswith("Delft: anna (owner)\n")


def test_the_file_is_the_owner_s_and_says_what_it_is(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with zipfile.ZipFile(archive) as file:
        manifest = json.loads(file.read("manifest.json"))
        sums = file.read("SHA256SUMS").decode()
        assert "secret" in file.namelist()
    assert manifest["format"] == "cityplus-backup/1"
    assert manifest["migrations"]["cities"][:2] == ["0001_initial", "0002_initial"]
    assert manifest["settings"]["database"] in {"", "given"}  # never the address, which holds a password
    assert manifest["lost"] == []
    assert "django_session" not in sums


def test_the_sums_are_those_of_the_usual_tool(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as file:
        file.extractall(tmp_path)
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=False)  # noqa: S607
    assert done.returncode == 0


def test_a_backup_overwrites_nothing(full: Server, archive: Path) -> None:
    before = archive.read_bytes()
    code, _, err = full.run("backup", "--out", str(archive))
    assert (code, "is there already; name another file" in err) == (1, True)
    assert archive.read_bytes() == before


def test_a_backup_of_a_network_that_is_being_written(full: Server, empty: Server, tmp_path: Path) -> None:
    """What was acknowledged before it began is in it; what comes meanwhile is in it whole or not at all; nobody waits for it."""
    full.python(MANY)  # rows that take a while to read, between those that the writer writes
    writer = full.start("-c", READY + WRITER)
    assert writer.stdout
    try:
        acknowledged = next(int(line) for line in writer.stdout if int(line) >= 20)
        full.done("backup", "--out", str(tmp_path / "network.zip"))
    finally:
        writer.kill()
    written = acknowledged + sum(1 for _ in writer.stdout)
    writer.communicate()
    empty.done("restore", str(tmp_path / "network.zip"))
    rows = empty.rows()
    there = {int(row["order"]) - 1000 for row in rows["cities.Strength"]} - {-1000}
    assert set(range(1, acknowledged + 1)) <= there
    assert there == set(range(1, len(there) + 1))
    assert len(there) <= written + 1
    assert written > acknowledged + 5  # it went on writing all the while
    assert there == {int(row["order"]) - 1000 for row in rows["cities.Contact"]} - {-1000}
    assert len(there) == len([entry for entry in rows["journal.Entry"] if entry["verb"] == "test.written"])
    full.python("from cityplus.cities.models import *\nfor m in (Strength, Contact): m.objects.filter(order__gt=1000).delete()\n"
                "from cityplus.journal.models import Entry; Entry.objects.filter(verb='test.written').delete()\n"
                "from cityplus.jobs.models import Job; Job.objects.filter(kind='many').delete()")  # fmt: skip


def test_what_is_left_out_is_made_again(full: Server, empty: Server, tmp_path: Path) -> None:
    full.done("backup", "--out", str(tmp_path / "small.zip"), "--no-renditions")
    told = empty.done("restore", str(tmp_path / "small.zip"))
    assert "The worker makes the pictures, films and sounds of 2 media anew." in told
    assert empty.rows()["media.Rendition"] == []
    assert {name.split("/")[0] for name in empty.files()} == {"originals", "deliveries"}
    empty.python("from cityplus.jobs.models import Job; Job.objects.filter(kind='test.kind').delete()")
    empty.done("work", "--once")
    rows, before = empty.rows(), full.rows()
    assert len(rows["media.Rendition"]) == len(before["media.Rendition"])
    assert empty.files().keys() == full.files().keys()


def test_what_is_derived_is_left_out_and_made_anew_by_its_job(archive: Path, empty: Server) -> None:
    with zipfile.ZipFile(archive) as file:
        assert [name for name in file.namelist() if "words" in name] == []
        assert "tables/tallies_odd.jsonl" in file.namelist()
    empty.done("restore", str(archive))
    empty.python("from cityplus.jobs.models import Job; Job.objects.filter(kind='test.kind').delete()")
    empty.done("work", "--once")
    said = empty.python(
        "from django.db import connection\nwith connection.cursor() as c:\n"
        "    c.execute('SELECT count(*) FROM tallies_words'); print(c.fetchone()[0])"
    )
    assert said == "2\n"


def test_an_original_that_is_lost_is_told_and_the_rest_is_kept(full: Server, empty: Server, tmp_path: Path) -> None:
    keys = sorted(name for name in full.files() if name.startswith("originals/"))
    lost, damaged = (full.data / "media" / key for key in keys)
    lost.rename(tmp_path / "lost")
    kept = damaged.read_bytes()
    damaged.write_bytes(kept + b" ")
    try:
        code, out, err = full.run("backup", "--out", str(tmp_path / "network.zip"))
    finally:
        (tmp_path / "lost").rename(lost)
        damaged.write_bytes(kept)
    assert code == 1
    assert "the backup is whole but for 2 originals that are lost or damaged" in err
    assert f"{keys[0]} is lost: the store has it no more" in out
    assert f"{keys[1]} is damaged" in out
    told = empty.done("restore", str(tmp_path / "network.zip"))
    assert f"Note: when the backup was made: {keys[0]} is lost" in told
    assert len(empty.rows()["media.Medium"]) == 2


def test_the_key_stays_where_the_settings_keep_it(full: Server, archive: Path, empty: Server, tmp_path: Path) -> None:
    told = empty.done("restore", str(archive), CITYPLUS_SECRET_KEY="another key", CITYPLUS_BASE_URL="https://b.example")
    assert "Note: the secret key is another than when the backup was made" in told
    assert "Note: the setting base_url was “” and is “https://b.example”." in told
    assert not (empty.data / "secret").exists()
    out = tmp_path / "second.zip"
    empty.done("backup", "--out", str(out), CITYPLUS_SECRET_KEY="another key")
    with zipfile.ZipFile(out) as file:
        assert "secret" not in file.namelist()
        assert b"another key" not in b"".join(file.read(name) for name in file.namelist())
