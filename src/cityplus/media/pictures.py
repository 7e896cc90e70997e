"""The studio's door: what is asked of it, and what comes back."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cityplus.media import cage
from cityplus.media.bounds import THREADS, Bounds
from cityplus.media.errors import MediumError
from cityplus.media.sniffing import Sort

STUDIO = Path(__file__).with_name("studio.py")
STEEPEST = 8
"""How many times as high as wide: renditions have fixed widths, and WebP ends at 16,383 pixels."""
WIDTHS = (480, 960, 1440, 1920)
"""Picture widths in pixels; none is larger than the original, but for drawings, which have every size."""
FORMATS = (
    ("image/avif", ".avif", {"format": "AVIF", "quality": 58, "speed": 8, "max_threads": THREADS}),
    ("image/webp", ".webp", {"format": "WEBP", "quality": 78, "method": 4}),
    ("image/jpeg", ".jpg", {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True}),
)
POSTER_WIDTH, POSTER_BYTES = 960, 60_000


@dataclass(frozen=True, slots=True)
class Made:
    """One file that was made."""

    path: Path
    content_type: str
    width: int = 0
    height: int = 0


@dataclass(slots=True)
class Prints:
    """What the studio made of one picture."""

    colour: str = ""
    first_paint: str = ""
    files: list[Made] = field(default_factory=list)


Progress = Callable[[int, int], None]


def look(path: Path, sort: Sort) -> tuple[int, int]:
    """Width and height of a picture as it is shown; it is read to its end.

    Raises:
        MediumError: it goes beyond a bound, is damaged, or cannot be read in the time and memory that we give.
    """
    bounds = Bounds.now()
    said = _ask(_task("look", path, sort, bounds), bounds.for_a_look, path)
    return int(said[-1]["width"]), int(said[-1]["height"])


def make(path: Path, sort: Sort, folder: Path, tell: Progress) -> Prints:
    """Every rendition of a picture, in a folder; ``tell`` learns how many of how many are done."""
    bounds = Bounds.now()
    task = _task("picture", path, sort, bounds) | {"widths": WIDTHS, "formats": FORMATS}
    return _develop(task, bounds, path, folder, tell)


def plain(path: Path, sort: Sort, folder: Path) -> Path:
    """A picture once more as one JPEG, at most as wide as the widest rendition, without what its file says beside it.

    Raises:
        MediumError: as for :func:`look`.
    """
    bounds = Bounds.now()
    task = _task("picture", path, sort, bounds) | {"widths": WIDTHS[-1:], "formats": FORMATS[-1:]}
    return _develop(task, bounds, path, folder, lambda *_: None).files[0].path


def draw(path: Path, folder: Path, tell: Progress) -> Prints:
    """Every rendition of a drawing."""
    task = {"do": "drawing", "source": str(path), "widths": WIDTHS, "formats": FORMATS}
    return _develop(task, Bounds.now(), path, folder, tell)


def poster(frame: Path, folder: Path) -> Prints:
    """One frame of a film as its poster."""
    task = {"do": "poster", "source": str(frame), "width": POSTER_WIDTH, "bytes": POSTER_BYTES}
    return _develop(task, Bounds.now(), frame, folder, lambda *_: None)


def _task(do: str, path: Path, sort: Sort, bounds: Bounds) -> dict[str, Any]:
    return {
        "do": do, "source": str(path), "reader": sort.reader, "pixels": bounds.pixels, "frames": bounds.frames,
        "steepest": STEEPEST,
    }  # fmt: skip


def _develop(task: dict[str, Any], bounds: Bounds, path: Path, folder: Path, tell: Progress) -> Prints:
    prints = Prints()
    total = 0

    def take(said: dict[str, Any]) -> None:
        nonlocal total
        if "files" in said:
            prints.colour, prints.first_paint, total = said["colour"], said["first_paint"], said["files"]
        else:
            name = folder / Path(said["made"]).name
            prints.files.append(Made(name, said["content_type"], said["width"], said["height"]))
            tell(len(prints.files), total)

    _ask(task | {"folder": str(folder)}, bounds.for_work, path, take, writes=[folder])
    return prints


def _ask(
    task: dict[str, Any],
    limits: cage.Limits,
    path: Path,
    take: Callable[[dict[str, Any]], None] = lambda _: None,
    writes: list[Path] | None = None,
) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = []
    noise: deque[str] = deque(maxlen=10)
    with cage.script(STUDIO, task, limits, reads=[path], writes=writes or []) as tool:
        for line in tool.lines:
            if not line.startswith("{"):
                noise.append(line.strip())
                continue
            said.append(json.loads(line))
            if "refused" not in said[-1]:
                take(said[-1])
    if said and "refused" in said[-1]:
        raise MediumError(f"{path.name}: {said[-1]['refused']}")
    if tool.was_stopped:
        raise MediumError(f"{path.name}: it needs more time or memory than we give to one file")
    if tool.status or not said:
        raise MediumError(f"{path.name}: the studio could not work on it ({noise[-1] if noise else 'no reason given'})")
    return said
