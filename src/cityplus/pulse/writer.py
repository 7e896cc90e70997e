"""The writer of views: beacons are counted in groups, and answered when their transaction is durable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cityplus.live.committing import Away, Committer, Full
from cityplus.pulse.tokens import Page

__all__ = ["Away", "Beacon", "Full", "writer"]


@dataclass(frozen=True, slots=True)
class Beacon:
    """A page seen, and by whom: known for as long as it waits, and kept nowhere."""

    page: Page
    network: str
    agent: str


def _count(beacons: Sequence[Beacon], now: datetime) -> Sequence[None]:
    """What was counted already is not counted twice, for the rows that say so are part of the same transaction."""
    from cityplus.pulse import counting  # noqa: PLC0415 - models load after apps

    counting.count(beacons, now)
    return [None] * len(beacons)


writer = Committer("pulse-writer", _count)
"""The one of this process."""
