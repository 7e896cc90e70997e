"""Thinning a track: fewer points, none of the old ones farther from the new line than a tolerance.

The track is thinned while it is read, in one pass and without keeping it, so a track of any length costs what is kept of it.
"""

from __future__ import annotations

from array import array
from math import asin, atan2, cos, hypot, pi, radians

from cityplus.lib.geo import EARTH_RADIUS

_DEGREE = pi * EARTH_RADIUS / 180
_SHARE = 0.7
"""Of the tolerance is what a point may lie beside the line: where a way turns back it may lie as much beyond its end too."""


class Thinner:
    """Takes points one by one; ``kept`` are those that stay, as latitude, longitude, latitude, longitude …

    From the last kept point it looks along a cone of directions in which a straight line passes all points since at less than the
    tolerance. When a point leaves the cone, or the way turns back, the point before it is kept and the cone begins there.
    """

    def __init__(self, tolerance: float) -> None:
        self.tolerance = tolerance
        self.kept = array("d")
        self.count = 0
        self._reach = tolerance * _SHARE
        self._last: tuple[float, float] | None = None

    def add(self, lat: float, lon: float) -> None:
        """The next point of the track, in degrees."""
        self.count += 1
        if self._last is None:
            self._begin(lat, lon)
        elif not self._within(lat, lon):
            self._begin(*self._last)
            self._within(lat, lon)
        self._last = (lat, lon)

    def finish(self) -> array[float]:
        """The kept points, the last one of the track among them."""
        if self._last and (self.kept[-2], self.kept[-1]) != self._last:
            self.kept.extend(self._last)
        return self.kept

    def _begin(self, lat: float, lon: float) -> None:
        self.kept.extend((lat, lon))
        self._lat, self._lon, self._east = lat, lon, _DEGREE * cos(radians(lat))
        self._far = 0.0
        self._ahead: float | None = None

    def _within(self, lat: float, lon: float) -> bool:
        """Whether a straight line from the last kept point to this one passes all between; narrows the cone if so."""
        turn = lon - self._lon
        if turn > 180 or turn < -180:  # over the line of dates
            turn -= 360 if turn > 0 else -360
        east, north = turn * self._east, (lat - self._lat) * _DEGREE
        far = hypot(east, north)
        if far < self._far - self._reach:
            return False
        self._far = max(self._far, far)
        near = far <= self._reach
        course, half = atan2(north, east), pi if near else asin(self._reach / far)
        if self._ahead is None:
            if not near:
                self._ahead, self._low, self._high = course, -half, half
            return True
        off = course - self._ahead
        if off > pi or off < -pi:
            off -= 2 * pi if off > 0 else -2 * pi
        if not self._low <= off <= self._high:
            return False
        self._low, self._high = max(self._low, off - half), min(self._high, off + half)
        return True


def thinned(points: array[float], tolerance: float) -> array[float]:
    """A track as :attr:`Thinner.kept` has it, thinned once more."""
    thinner = Thinner(tolerance)
    for index in range(0, len(points), 2):
        thinner.add(points[index], points[index + 1])
    return thinner.finish()
