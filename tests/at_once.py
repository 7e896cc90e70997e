"""Several people at one moment, for tests of what happens then."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections


def together(*deeds: Callable[[], Any], refusals: tuple[type[Exception], ...]) -> list[Any]:
    """Do all of these at one moment, each on a connection of its own; what each gave, or with which of ``refusals`` it was refused. The
    test needs transactions of its own."""
    gate = Barrier(len(deeds))

    def one(deed: Callable[[], Any]) -> Any:
        gate.wait(30)
        try:
            return deed()
        except refusals as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(one, deeds))
