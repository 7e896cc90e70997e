"""A process that is killed at one point of its work: ``python -m tests.faults.victim DEED POINT PATH``.

It patches nothing but the moment of its death: what it does up to there is what any process does.
"""

# ruff: noqa: E402 - Django is made ready before models are imported

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.languages.text import Text
from cityplus.media import rendering, store
from cityplus.media.disk import Disk
from cityplus.media.models import Medium, Rendition
from cityplus.media.models import medium as medium_module


def die(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_before(owner: Any, name: str, nth: int = 1) -> None:
    """Die as this function is called for the nth time."""
    _wrap(owner, name, nth, before=True)


def die_after(owner: Any, name: str, nth: int = 1) -> None:
    _wrap(owner, name, nth, before=False)


def _wrap(owner: Any, name: str, nth: int, *, before: bool) -> None:
    true, calls = getattr(owner, name), 0

    def mortal(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if before and calls == nth:
            die()
        result = true(*args, **kwargs)
        if calls == nth:
            die()
        return result

    setattr(owner, name, mortal)


def half_a_copy(source: Path, target: Path) -> None:
    data = Path(source).read_bytes()
    Path(target).write_bytes(data[: len(data) // 2])
    die()


POINTS: dict[str, Callable[[], None]] = {
    "while the copy is written": lambda: setattr(shutil, "copyfile", half_a_copy),
    "before the move": lambda: die_before(Disk, "put"),
    "after the move": lambda: die_after(Disk, "put"),
    "before the row": lambda: die_after(store, "keep"),
    "before the commit": lambda: die_after(journal, "record"),
    "after the commit": lambda: die_after(medium_module, "_kept"),
    "before the first rendition": lambda: die_before(store, "move_in"),
    "in the middle of the renditions": lambda: die_after(store, "move_in", 3),
    "after the last rendition": lambda: die_after(store, "move_in", 6),
    "before the rows of the renditions": lambda: die_before(Rendition.objects, "bulk_create"),
    "before the commit of the renditions": lambda: die_after(journal, "record"),
    "after the commit of the renditions": lambda: die_after(rendering, "render"),
    "never": lambda: None,
}


def main(deed: str, point: str, path: str) -> None:
    POINTS[point]()
    if deed == "add":
        owner = Actor.objects.get(handle="thehague")
        words = Text.of("en", en="Red")
        Medium.add(owner, Path(path), "media/sea.jpg", credit="A test", licence="CC0-1.0", alt=words)
    else:
        rendering.render(Medium.objects.get().pk)


if __name__ == "__main__":
    main(*sys.argv[1:])
