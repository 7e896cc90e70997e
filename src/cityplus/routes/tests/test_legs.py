"""What lies between two stops: how far, how long, by which mode, and whether somebody drew it."""

from __future__ import annotations

import pytest

from cityplus.lib.geo import Point, distance, length
from cityplus.routes.legs import leg_between, legs
from cityplus.routes.models import Route, Stop

PLAIN = Route(mode="walk")


def stop(number: int, lat: float, lon: float, **more: object) -> Stop:
    return Stop(route=PLAIN, number=number, slug=f"s{number}", lat=lat, lon=lon, **more)


FROM = stop(1, 52.0, 4.3)
KILOMETRE_NORTH = 52.0 + 1000 / 111_195.08


@pytest.mark.parametrize(
    ("mode", "metres", "minutes"),
    [
        ("walk", 1300, 17),  # 1.3 km at 4.5 km/h
        ("cycle", 1300, 5),  # at 15 km/h
        ("drive", 1400, 3),  # 1.4 km at 25 km/h
        ("transit", 1300, 10),  # at 18 km/h, and 6 minutes of waiting
    ],
)
def test_a_kilometre_by_every_mode(mode: str, metres: float, minutes: int) -> None:
    leg = leg_between(FROM, stop(2, KILOMETRE_NORTH, 4.3, leg_mode=mode))
    assert leg.mode == mode
    assert leg.metres == pytest.approx(metres, rel=1e-3)
    assert leg.minutes == minutes
    assert not leg.drawn


def test_a_leg_without_a_mode_is_made_as_the_route_is() -> None:
    assert leg_between(FROM, stop(2, KILOMETRE_NORTH, 4.3)).mode == "walk"


def test_a_drawn_track_is_taken_as_it_is() -> None:
    track = [[52.001, 4.301], [52.004, 4.302]]
    end = stop(2, KILOMETRE_NORTH, 4.3, leg_mode="walk", leg_track=track)
    leg = leg_between(FROM, end)
    points = [FROM.point, Point(52.001, 4.301), Point(52.004, 4.302), end.point]
    assert leg.drawn
    assert leg.metres == pytest.approx(length(points))
    assert leg.metres < distance(FROM.point, end.point) * 1.3  # no detour is added to what was drawn
    assert leg.minutes == round(leg.metres / 1000 / 4.5 * 60)


def test_no_leg_takes_no_time() -> None:
    leg = leg_between(FROM, stop(2, 52.0, 4.3))
    assert (leg.metres, leg.minutes) == (0, 1)


def test_there_is_one_leg_less_than_stops() -> None:
    stops = [FROM, stop(2, 52.01, 4.3), stop(3, 52.02, 4.3)]
    assert [(leg.start.number, leg.end.number) for leg in legs(stops)] == [(1, 2), (2, 3)]
    assert legs([FROM]) == []
    assert legs([]) == []
