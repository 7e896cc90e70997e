"""A file on its way out of the store, whole or a range of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

PIECE = 64 * 1024
Asked = tuple[str, str] | None
"""The first and last byte that were asked for, as digits; an empty first one means the last so many bytes. None: the whole."""


class OutOfRange(ValueError):
    """Nothing of the range exists; ``size`` is that of the file."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the file has {size} bytes")
        self.size = size


def span(asked: Asked, size: int) -> tuple[int, int]:
    """First and last byte of what was asked for of a file of ``size`` bytes.

    Raises:
        OutOfRange: nothing of it exists.
    """
    if asked is None:
        return 0, size - 1
    first, last = asked
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end or start >= size:
        raise OutOfRange(size)
    return start, end


@dataclass(slots=True)
class Reading:
    """Bytes ``start`` to ``end`` of a file of ``size`` bytes, from an open source that stands at the first of them. An iterator
    over pieces; whoever has it closes it."""

    source: IO[bytes]
    size: int
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start + 1

    def __iter__(self) -> Iterator[bytes]:
        left = self.length
        while left > 0 and (piece := self.source.read(min(PIECE, left))):
            left -= len(piece)
            yield piece

    def close(self) -> None:
        self.source.close()
