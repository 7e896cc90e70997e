"""kill -9 at any point: nothing half is ever served, no row lacks its file, and whoever comes next finishes the work."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import make_city
from django.core.files.storage import default_storage
from tests.attack.files import film, picture
from tests.processes import ROOT, environment

from cityplus.cities.models import City
from cityplus.jobs import worker
from cityplus.jobs.models import Job
from cityplus.journal.models import Entry
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.media import store, sweeping
from cityplus.media.models import Medium, Rendition

ADDING = (
    "while the copy is written", "before the move", "after the move", "before the row", "before the commit", "after the commit",
)  # fmt: skip
RENDERING = (
    "before the first rendition", "in the middle of the renditions", "after the last rendition", "before the rows of the renditions",
    "before the commit of the renditions", "after the commit of the renditions",
)  # fmt: skip


@pytest.fixture
def city(transactional_db: None) -> City:
    return make_city("thehague", Text.of("nl", nl="Den Haag"))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "sea.jpg"
    path.write_bytes(picture(size=(1000, 200)))
    return path


def send(tmp_path: Path, deed: str, point: str, path: Path) -> int:
    """Have a process do a deed up to a point; returns how it ended."""
    command = [sys.executable, "-m", "tests.faults.victim", deed, point, str(path)]
    return subprocess.run(command, env=environment(tmp_path), cwd=ROOT, check=False, timeout=120).returncode


def check_that_nothing_is_half() -> None:
    assert list(sweeping.missing(deep=True)) == []
    root = Path(default_storage.path(""))
    for path in root.rglob("originals/*/*"):
        assert path.stem == hashlib.sha256(path.read_bytes()).hexdigest()
    for path in root.rglob("renditions/*/*"):
        assert path.stat().st_size > 100
    assert not Rendition.objects.exists() or Rendition.objects.count() == 6


def check_that_sweeping_leaves_what_has_rows() -> None:
    for bench in store.benches().iterdir() if store.benches().exists() else ():
        os.utime(bench, (0, 0))  # as if it were of yesterday
    sweeping.sweep(grace_hours=0)
    root = Path(default_storage.path(""))
    left = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    rows = {*Medium.objects.values_list("original", flat=True), *Rendition.objects.values_list("key", flat=True)}
    assert left == rows


def work() -> None:
    while deliver() or worker.run_one("next"):
        pass


@pytest.mark.parametrize("point", ADDING)
def test_a_process_that_is_killed_while_it_adds_a_medium(city: City, photo: Path, tmp_path: Path, point: str) -> None:
    assert send(tmp_path, "add", point, photo) == -signal.SIGKILL
    check_that_nothing_is_half()
    assert Medium.objects.count() == (1 if point == "after the commit" else 0)
    assert Entry.objects.filter(verb="medium.added").count() == Medium.objects.count()
    check_that_sweeping_leaves_what_has_rows()
    assert send(tmp_path, "add", "never", photo) == 0  # whoever sent it sends it again
    assert Medium.objects.count() == 1
    work()
    assert Rendition.objects.count() == 6
    check_that_nothing_is_half()
    check_that_sweeping_leaves_what_has_rows()


@pytest.mark.parametrize("point", RENDERING)
def test_a_process_that_is_killed_while_it_makes_renditions(
    city: City, photo: Path, tmp_path: Path, point: str
) -> None:
    assert send(tmp_path, "add", "never", photo) == 0
    assert send(tmp_path, "render", point, photo) == -signal.SIGKILL
    check_that_nothing_is_half()
    assert Rendition.objects.count() == (6 if point == "after the commit of the renditions" else 0)
    check_that_sweeping_leaves_what_has_rows()
    work()
    assert Job.objects.get().state == "done"
    assert Rendition.objects.count() == 6
    check_that_nothing_is_half()
    check_that_sweeping_leaves_what_has_rows()


def wait(until: Callable[[], object], what: str, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def tools_of(pid: int) -> list[int]:
    """The ffmpeg processes that a process has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, parent = re.findall(r"\((.*)\) \S (\d+)", path.read_text())[0]
        except (OSError, IndexError):
            continue
        if int(parent) == pid and name.startswith("ffmpeg"):
            found.append(int(path.parent.name))
    return found


def alive(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def test_a_worker_that_is_killed_takes_its_tools_along_and_the_next_one_finishes(city: City, tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", 25, "1280x720", 25)
    Medium.add(city.actor, path, "media/film.mp4", credit="A test", licence="CC0-1.0")
    command = [sys.executable, "-m", "cityplus", "work"]
    first = subprocess.Popen(command, env=environment(tmp_path), cwd=ROOT)
    wait(lambda: Job.objects.filter(kind="media.render", state="running", percent__gt=2), "the worker never began")
    wait(lambda: tools_of(first.pid), "the worker never had a tool")
    tools = tools_of(first.pid)
    first.kill()
    first.wait()
    wait(lambda: not any(map(alive, tools)), "a tool outlived its worker", 20)
    check_that_nothing_is_half()
    assert not Rendition.objects.exists()
    Job.objects.filter(state="running").update(leased_until="2020-01-01T00:00+00:00")  # two minutes later
    second = subprocess.Popen(command, env=environment(tmp_path), cwd=ROOT)
    try:
        wait(lambda: Job.objects.filter(kind="media.render", state="done"), "the second worker never finished", 200)
    finally:
        second.terminate()
        second.wait(30)
    assert sorted(Rendition.objects.values_list("content_type", "height")) == [
        ("image/jpeg", 540), ("video/mp4", 480), ("video/mp4", 720),
    ]  # fmt: skip
    assert list(sweeping.missing(deep=True)) == []
    assert Job.objects.filter(kind="media.sweep").exists()  # a worker that starts sweeps
    check_that_sweeping_leaves_what_has_rows()
