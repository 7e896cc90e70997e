"""How many ties are public, without counting them for each page."""

from __future__ import annotations

from collections.abc import Sequence

from cityplus.journal import Following
from cityplus.journal.models import Entry
from cityplus.ties.models import Tie

_SUBJECTS = {"ties.tie", "cities.city"}


def public_ties() -> int:
    """Exact; counted again when something happened to a tie or a city."""
    return _count.now()


def _follow(old: int, entries: Sequence[Entry]) -> int | None:
    return None if any(entry.subject in _SUBJECTS for entry in entries) else old


_count = Following(lambda: Tie.objects.public().count(), _follow)
