"""Legs: what lies between two stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cityplus.lib.geo import DETOUR, SPEED, TRANSIT_WAIT, Point, distance, length
from cityplus.routes.models import Stop


@dataclass(frozen=True, slots=True)
class Leg:
    """The way to a stop from the one before. ``drawn`` says that somebody drew the track; else the distance is the great circle
    times the detour factor of the mode (:data:`cityplus.lib.geo.DETOUR`)."""

    start: Stop
    end: Stop
    mode: str
    metres: float
    minutes: int
    drawn: bool


def leg_between(start: Stop, end: Stop) -> Leg:
    """The leg from one stop to the next: metres, and minutes at the mode's speed (:data:`cityplus.lib.geo.SPEED`)."""
    mode = end.leg_mode or end.route.mode
    track = [Point(lat, lon) for lat, lon in end.leg_track]
    metres = length([start.point, *track, end.point]) if track else distance(start.point, end.point) * DETOUR[mode]
    minutes = metres / 1000 / SPEED[mode] * 60 + (TRANSIT_WAIT if mode == "transit" else 0)
    return Leg(start, end, mode, metres, max(1, round(minutes)), bool(track))


def legs(stops: Sequence[Stop]) -> list[Leg]:
    """All legs of a route, one fewer than its stops."""
    return [leg_between(a, b) for a, b in pairwise(stops)]
