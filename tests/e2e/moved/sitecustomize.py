"""A clock that runs ahead, for processes of a test. Python imports this module as it starts, where its folder is on ``PYTHONPATH``.

``MOVED_CLOCK`` names a file with a number of seconds. ``time.time`` and ``django.utils.timezone.now``, by which everything of the
program reads the hour, are so many seconds ahead from then on, in processes that run already too.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

_told = Path(os.environ["MOVED_CLOCK"])
_real = time.time


def _ahead() -> float:
    return float(_told.read_text())


def moved_time() -> float:
    return _real() + _ahead()


def moved_now() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=_ahead())


time.time = moved_time
timezone.now = moved_now
