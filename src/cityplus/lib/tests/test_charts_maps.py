"""The flat map and the star chart: places lie where they should, and land is never turned inside out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from math import atan2, cos, degrees, hypot, pi, radians, sin
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.lib.charts import atlas, ink, sky, world
from cityplus.lib.geo import EARTH_RADIUS, Point, distance

THE_HAGUE, SHENZHEN, SUVA = Point(52.0767, 4.2986), Point(22.5455, 114.0683), Point(-18.14, 178.44)
ISLAND = [[0, 40], [10, 40], [10, 50], [0, 50]]
ACROSS = [[175, -20], [185, -20], [185, -10], [175, -10]]
"""An island across the antimeridian."""

points = st.builds(Point, st.floats(-89, 89), st.floats(-180, 180))


@pytest.fixture
def small_earth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An Earth with two islands and two lights."""
    (tmp_path / "land.json").write_text(json.dumps([ISLAND, ACROSS]))
    (tmp_path / "lights.json").write_text(json.dumps([[4.3, 52.1, 0], [114.1, 22.5, 2]]))
    monkeypatch.setattr(atlas, "BUILT", tmp_path)
    caches = (atlas.land, atlas.lights, atlas.land_vectors, atlas.light_vectors)
    caches += (world.land, world.lights, world.graticule, sky.backdrop)  # type: ignore[assignment]
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def test_without_its_files_the_atlas_says_how_to_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atlas, "BUILT", tmp_path)
    with pytest.raises(atlas.AtlasError, match=r"python tools/frontend\.py"):
        atlas.land.__wrapped__()


def test_ink_is_written_in_short_steps_of_tenths() -> None:
    assert ink.outline([(10, 10), (10.5, 9.5), (10.51, 9.49), (12, 10)]) == "M100 100l5-5 15 5z"
    assert ink.outline([(1, 2)], closed=False) == "M10 20"
    assert ink.outline([]) == ""
    assert ink.dots([(1, 2), (1, 2), (0.5, 3)]) == "m5 30h0m5-10h0"


def test_a_curve_passes_through_its_points() -> None:
    assert ink.curve([(0, 0)]) == ""
    assert ink.curve([(0, 0), (10, 0), (20, 5)]).count("C") == 2
    assert ink.curve([(0, 0), (10, 0), (20, 5)]).endswith("20 5")


def test_the_natural_earth_projection_agrees_with_its_published_formula() -> None:
    assert world.natural_earth(0, 0) == (0, 0)
    assert world.natural_earth(180, 0)[0] == pytest.approx(0.8707 * pi)
    assert world.natural_earth(0, 90)[1] == pytest.approx(-1.4222, abs=0.001)


def test_the_map_keeps_its_usual_part_and_grows_for_who_lies_outside() -> None:
    usual = world.World.around([THE_HAGUE, SHENZHEN])
    assert usual == world.World.around([])
    wider = world.World.around([SUVA])
    assert wider.scale < usual.scale
    x, y = wider.spot(SUVA)
    assert 0 < x < world.WIDTH and 0 < y < world.HEIGHT


@given(points)
def test_every_place_on_earth_can_be_shown(point: Point) -> None:
    x, y = world.World.around([point]).spot(point)
    assert 0 <= x <= world.WIDTH and 0 <= y <= world.HEIGHT


@pytest.mark.usefixtures("small_earth")
def test_land_is_cut_at_the_edge_of_the_map_alone() -> None:
    middle, across = (list(world._cut(ring)) for ring in atlas.land())
    assert [len(part) for part in middle] == [4]
    assert [len(part) for part in across] == [4]
    seam = world.MIDDLE + 180
    edge = ((seam - 5, 0.0), (seam + 5, 0.0), (seam, 9.0))
    left, right = sorted(world._cut(edge), key=lambda part: min(lon for lon, _ in part))
    assert min(lon for lon, _ in left) == -180
    assert max(lon for lon, _ in right) == 180


@pytest.mark.usefixtures("small_earth")
def test_the_map_draws_land_lights_and_lines() -> None:
    view = world.World.around([SUVA])
    assert world.land(view).count("z") == 2
    assert [light.count("h0") for light in world.lights(view)] == [1, 0, 1]
    assert world.graticule(view).startswith("M")


def bearing(a: Point, b: Point) -> float:
    """Initial direction from ``a`` to ``b`` in degrees clockwise from north, by another formula than the chart's."""
    lat_a, lat_b, turn = radians(a.lat), radians(b.lat), radians(b.lon - a.lon)
    east, north = sin(turn) * cos(lat_b), cos(lat_a) * sin(lat_b) - sin(lat_a) * cos(lat_b) * cos(turn)
    return degrees(atan2(east, north)) % 360


@given(points, points)
def test_the_star_chart_shows_true_directions_and_square_root_distances(centre: Point, other: Point) -> None:
    far = distance(centre, other)
    if not 1000 < far < 19_900_000:
        return
    x, y = sky.place(centre, other)
    run = hypot(x - sky.CENTRE, y - sky.CENTRE)
    assert run == pytest.approx(sky.ring_radius(far), rel=1e-4)
    assert run <= sky.RADIUS + 1e-6
    seen = bearing(Point(0, 0), Point((sky.CENTRE - y) / 1e4, (x - sky.CENTRE) / 1e4))
    turn = abs(seen - bearing(centre, other)) % 360
    assert min(turn, 360 - turn) < 0.1


def test_the_rim_is_the_far_side_of_the_earth() -> None:
    assert sky.ring_radius(pi * EARTH_RADIUS) == pytest.approx(sky.RADIUS)
    assert sky.place(THE_HAGUE, THE_HAGUE) == (sky.CENTRE, sky.CENTRE)


@pytest.mark.usefixtures("small_earth")
def test_the_backdrop_agrees_with_the_places_of_the_stars() -> None:
    look = sky._Look(THE_HAGUE)
    x, y = sky.place(THE_HAGUE, SHENZHEN)
    assert look.at(atlas.vector(SHENZHEN.lon, SHENZHEN.lat)) == pytest.approx((x, y))
    assert look.at(atlas.vector(THE_HAGUE.lon, THE_HAGUE.lat)) == (sky.CENTRE, sky.CENTRE)


@pytest.mark.usefixtures("small_earth")
@pytest.mark.parametrize(
    ("centre", "inside_out"),
    [(Point(45, 5), False), (Point(-45, -175), True), (Point(0, 90), False), (Point(15, 0), True)],
)
def test_land_on_the_far_side_fills_the_rim_and_no_other_does(centre: Point, inside_out: bool) -> None:
    assert sky.backdrop(centre).land.endswith(sky._rim()) is inside_out


@pytest.mark.usefixtures("small_earth")
def test_long_coasts_are_bent_so_that_no_piece_cuts_across_the_chart() -> None:
    look = sky._Look(Point(-44, -175))
    spots = list(look.along(atlas.land_vectors()[0]))
    pieces = [hypot(x - u, y - v) for (x, y), (u, v) in pairwise(spots)]
    assert max(pieces) < 3 * sky._LONGEST


def test_the_earth_that_was_built_has_land_and_lights_where_they_belong() -> None:
    rings, lights = atlas.land(), atlas.lights()
    assert 50 < len(rings) < 400
    assert all(-90 <= lat <= 90 for ring in rings for _, lat in ring)
    assert len(lights) == 1500
    assert {magnitude for _, _, magnitude in lights} == {0, 1, 2}
    assert (atlas.BUILT / "land.json").stat().st_size <= 60 * 1024
