"""Values in the memory of a process, within a budget of bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Shelf(Generic[K, V]):
    """What was made once and stays true for as long as its key is asked for: the key names all that the value depends on, so nothing on
    the shelf is ever wrong. When it is full, what nobody asked for longest goes first."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.weight = 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._values)

    def find(self, keys: Iterable[K]) -> dict[K, V]:
        """Those of these that are there."""
        found = {}
        with self._lock:
            for key in keys:
                if kept := self._values.get(key):
                    self._values.move_to_end(key)
                    found[key] = kept[0]
        return found

    def get(self, key: K) -> V | None:
        """The value of this key, if it is there."""
        return self.find((key,)).get(key)

    def put(self, key: K, value: V, weight: int) -> None:
        """Keep a value of this many bytes, in place of the one before. What is heavier than the whole shelf is not kept."""
        with self._lock:
            self._drop(key)
            if weight > self.budget:
                return
            self._values[key] = (value, weight)
            self.weight += weight
            while self.weight > self.budget:
                self._drop(next(iter(self._values)))

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
            self.weight = 0

    def _drop(self, key: K) -> None:
        if kept := self._values.pop(key, None):
            self.weight -= kept[1]
