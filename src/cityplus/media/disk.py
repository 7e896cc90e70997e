"""Files in the data folder."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.utils._os import safe_join

from cityplus.media.reading import Asked, Reading, span
from cityplus.media.store import settle


class Disk:
    """A folder; what is in it may be read by whoever may read the folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, path: Path, key: str) -> None:
        target = self._path(key)
        path.chmod(0o644)
        settle(path)
        for _ in range(10):
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                path.replace(target)
            except FileNotFoundError:  # the sweeper took the folder away between the two
                if not path.exists():
                    raise
            else:
                break
        settle(target.parent)
        settle(target.parent.parent)

    def has(self, key: str) -> bool:
        return self._path(key).is_file()

    def read(self, key: str, asked: Asked) -> Reading:
        file = self._path(key).open("rb")
        try:
            size = os.fstat(
                file.fileno()
            ).st_size  # of the file in hand, whatever may be moved into its place meanwhile
            start, end = span(asked, size)
            file.seek(start)
        except BaseException:
            file.close()
            raise
        return Reading(file, size, start, end)

    def remove(self, key: str) -> None:
        path = self._path(key)
        path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # there is more in it
            path.parent.rmdir()

    def listing(self, folder: str) -> Iterator[tuple[str, int, datetime]]:
        for place, _, names in os.walk(self._path(folder)):
            for name in names:
                path = Path(place, name)
                try:
                    facts = path.stat()
                except FileNotFoundError:
                    continue  # it has gone meanwhile
                yield path.relative_to(self.root).as_posix(), facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC)

    def local(self, key: str, bench: Path) -> Path:
        return self._path(key)

    def give_up(self, before: datetime) -> int:
        return 0  # nothing is begun here but on workbenches

    def _path(self, key: str) -> Path:
        return Path(safe_join(str(self.root), key))
