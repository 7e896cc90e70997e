"""What the scans of one registration come to: a pure function of the set of them, in whatever order they arrive.

They are put in the order in which they happened: by the moment, then by the device, then by the nonce. Of two that let the same ticket in,
the earlier one enters, and the other sees when and where.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A scan that counts. ``leaves``: going out; ``by_hand``: somebody gave a reason, and is believed."""

    at: datetime
    device: str
    nonce: str
    leaves: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """``outcomes`` by nonce, ``against`` which entering each double stands against; the marks that entered first and came last."""

    outcomes: dict[str, str]
    against: dict[str, str]
    inside: bool
    first: Mark | None
    last: Mark | None


def merge(marks: Iterable[Mark]) -> Merged:
    """``entered``, ``again`` (by hand, though inside), ``inside`` (a double), ``left``, or ``outside`` (left without having entered)."""
    outcomes: dict[str, str] = {}
    against: dict[str, str] = {}
    holder: Mark | None = None
    first: Mark | None = None
    last: Mark | None = None
    for mark in sorted(marks):
        if mark.leaves:
            outcomes[mark.nonce] = "left" if holder else "outside"
            last = mark if holder else last
            holder = None
        elif holder is None:
            outcomes[mark.nonce] = "entered"
            holder = last = mark
            first = first or mark
        else:
            outcomes[mark.nonce] = "again" if mark.by_hand else "inside"
            against[mark.nonce] = holder.nonce
    return Merged(outcomes, against, holder is not None, first, last)
