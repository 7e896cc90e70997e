"""Moments as the desk says them: always on a clock that is named."""

from __future__ import annotations

from datetime import datetime

from cityplus.languages import formats
from cityplus.languages.tags import reader_tag


def at(moment: datetime, zone: str) -> str:
    """Date and time in an IANA zone, with its distance from UTC then: ``25 November 2026, 15:49 UTC+1``."""
    return formats.moment(moment, zone, reader_tag())
