"""Cursors: where the next page of a list begins.

A cursor holds what the last thing of a page is sorted by, so that nothing comes twice or is left out when others are added
meanwhile. It is no secret and needs no signature: every cursor of the right shape is a place in the order of a list.
"""

from __future__ import annotations

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple

PATTERN = "^[A-Za-z0-9_-]{22}$"
_SHAPE = struct.Struct(">QQ")
_MOST = 2**63 - 1


class Place(NamedTuple):
    """What a list is sorted by, and the number that tells equal ones apart; both whole and not negative."""

    key: int
    id: int = 0


def write(place: Place) -> str:
    return urlsafe_b64encode(_SHAPE.pack(*place)).decode().rstrip("=")


def read(cursor: str) -> Place | None:
    """The place of a cursor in the shape of :data:`PATTERN`; None for no cursor."""
    if not cursor:
        return None
    key, number = _SHAPE.unpack(urlsafe_b64decode(f"{cursor}=="))
    return Place(min(key, _MOST), min(number, _MOST))
