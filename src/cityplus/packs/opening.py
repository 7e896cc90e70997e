"""Packs as they lie on the disk, in a folder or a zip: looked through before anything in them is read.

What is no plain file, or what there is too much of, is refused here; nothing outside of the pack can be reached from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from cityplus.lib.archives import ArchiveError, Bounds, opened
from cityplus.media import store
from cityplus.packs.loading import read_file
from cityplus.packs.reading import Node, PackError

MOST_FILES = 100_000
MOST_YAML = 256 * 1024 * 1024
"""Bytes of all YAML of one pack: about three hundred routes of twenty stops, in seven languages."""
MOST_FOLDED = 100
"""A zip that unpacks to more than so many times its own size is a bomb: media hardly shrink, and texts shrink tenfold."""
_BOUNDS = Bounds(entries=MOST_FILES, total=200 * 2**30, single=20 * 2**30)
_SMALL = 64 * 2**20


class Folder:
    """The folder of one pack, with the names of all its files, and of those that were asked for."""

    def __init__(self, path: Path) -> None:
        self.path, self.shown = path, path.name
        self.used: set[str] = set()
        self.files = frozenset(_plain_files(path, path.name))

    def read(self, name: str) -> Node:
        """A YAML file of the pack."""
        self.used.add(name)
        return read_file(self.path / name, self.path)

    def medium(self, node: Node, name: str = "") -> Path:
        """The path of the file in ``media/`` that a node names (or that is said, on behalf of the node)."""
        name = name or node.word(r"media/[A-Za-z0-9._-]+", "a file in media/")
        if name not in self.files:
            raise node.fail(f"{name} is not in the pack")
        self.used.add(name)
        return self.path / name

    def routes(self) -> list[str]:
        """The slugs of the routes."""
        parts = (PurePosixPath(name).parts for name in self.files)
        return sorted({part[1] for part in parts if part[0] == "routes" and len(part) > 2})

    def stops(self, slug: str) -> list[str]:
        """The files of the stops of a route, in the order of the numbers at their heads."""
        head = f"routes/{slug}/stops/"
        found = [name for name in self.files if name.startswith(head) and name.endswith(".yaml")]
        return sorted((name for name in found if "/" not in name[len(head) :]), key=_number_first)

    def ceremonies(self) -> list[str]:
        """The files of the ceremonies."""
        return sorted(name for name in self.files if re.fullmatch(r"ceremonies/[^/]+\.yaml", name))

    def unnamed(self) -> list[str]:
        """The files that nothing in the pack named; they stay out."""
        return sorted(self.files - self.used)


def _number_first(name: str) -> tuple[int, str]:
    digits = re.match(r"\d{1,9}", PurePosixPath(name).name)
    return int(digits.group()) if digits else 0, name


def _plain_files(root: Path, shown: str) -> Iterator[str]:
    todo, count, yaml = [root], 0, 0
    while todo:
        folder = todo.pop()
        for path in folder.iterdir():
            name = path.relative_to(root).as_posix()
            count += 1
            if count > MOST_FILES:
                raise PackError(f"{shown} holds more than {MOST_FILES} files")
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                raise PackError(f"{shown}/{name} is a link or a device; a pack holds plain files")
            if path.is_dir():
                todo.append(path)
                continue
            yaml += path.stat().st_size if path.suffix == ".yaml" else 0
            if yaml > MOST_YAML:
                raise PackError(f"{shown} holds more than {MOST_YAML // 2**20} MB of YAML")
            yield name


@contextmanager
def packs_at(path: Path) -> Iterator[list[Folder]]:
    """The packs at a path while the block runs: a folder with a ``city.yaml``, a folder of such folders, or a zip of either.

    Raises:
        PackError: there is none, or what is there is no pack that one may look into.
    """
    if path.is_file():
        with store.workbench() as bench:
            yield _folders(_unpacked(path, bench / path.stem))
    else:
        yield _folders(path)


def _folders(path: Path) -> list[Folder]:
    try:
        if (path / "city.yaml").is_file():
            return [Folder(path)]
        found = [Folder(file.parent) for file in sorted(path.glob("*/city.yaml")) if not file.parent.is_symlink()]
    except OSError as error:
        raise PackError(f"{path} cannot be read: {error.strerror}") from None
    if not found:
        raise PackError(f"{path.name} holds no pack: a pack is a folder with a city.yaml")
    return found


def _unpacked(path: Path, folder: Path) -> Path:
    """Unpack a zip; where everything lies in one folder that is no pack, that folder."""
    try:
        with opened(path, _BOUNDS) as archive:
            if archive.size > max(_SMALL, MOST_FOLDED * path.stat().st_size):
                raise PackError(f"{path.name} would unpack to more than {MOST_FOLDED} times its size")
            folder.mkdir()
            archive.unpack(folder)
    except ArchiveError as error:
        raise PackError(str(error)) from None
    except OSError as error:
        raise PackError(f"{path.name} cannot be unpacked: {error.strerror}") from None
    inside = list(folder.iterdir())
    if len(inside) == 1 and inside[0].is_dir() and not (inside[0] / "city.yaml").is_file():
        return inside[0]
    return folder
