"""Handles of whoever can be followed: of pairs too, whose handle is that of both cities, joined by a ``+``."""

from __future__ import annotations

from cityplus.actors.handles import PATTERN, HandleConverter


class SomebodyConverter(HandleConverter):
    """Path converter ``<somebody:handle>``."""

    regex = rf"{PATTERN}(?:\+{PATTERN})?"
