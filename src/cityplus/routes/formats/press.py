"""The press for booklets: one template, with its pictures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cityplus.web import press as presses
from cityplus.web.press import PressError

__all__ = ["TEMPLATE", "PressError", "press"]

TEMPLATE = Path(__file__).with_name("booklet.typ")


def press(book: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """The PDF of a booklet: ``book`` is what the template reads, ``pictures`` are the files that it names.

    Raises:
        PressError: the press failed, or took longer than a minute.
    """
    return presses.press(TEMPLATE, book, pictures)
