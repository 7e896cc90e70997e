"""Numbers of 64 bits in the order of time, for posts and all that will be told to other servers."""

from __future__ import annotations

import time
from datetime import UTC, datetime

_BITS = 16
"""Of a number, those below its milliseconds: 65,536 things in one of them. Clients of the field read the time out of such numbers."""


def next_id(newest: int) -> int:
    """A number for something that is made now, greater than ``newest``, which is the greatest there is: also when many are made in
    one millisecond, or the clock was set back."""
    return max(time.time_ns() // 1_000_000 << _BITS, newest + 1)


def id_at(moment: datetime) -> int:
    """The least number that something made at this moment can have: for finding what was made since."""
    return int(moment.timestamp() * 1000) << _BITS


def moment_of(number: int) -> datetime:
    """When the thing with this number was made, in UTC."""
    return datetime.fromtimestamp((number >> _BITS) / 1000, UTC)
