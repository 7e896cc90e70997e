"""The constellation of a route: every stop a link with its number, the current one marked, names where there is room."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.utils import translation

from cityplus.routes.models import Route
from cityplus.routes.sky import scale_words
from cityplus.routes.walkthrough import Walkthrough, walkthrough


@pytest.fixture
def walk(route: Route) -> Walkthrough:
    route.publish(by="test")
    return walkthrough(AnonymousUser(), "thehague", route.slug)


def drawn(walk: Walkthrough, current: int | None = None, language: str = "en") -> str:
    source = "{% load routes %}{% constellation walk current %}"
    with translation.override(language):
        return engines["django"].from_string(source).render({"walk": walk, "current": current})


def test_every_stop_is_a_link_to_its_part_of_the_page(walk: Walkthrough) -> None:
    svg = drawn(walk)
    assert re.findall(r'href="(#stop-\d)" data-stop="(\d)"', svg) == [
        ("#stop-1", "1"),
        ("#stop-2", "2"),
        ("#stop-3", "3"),
    ]
    assert 'aria-label="2. Peace Palace"' in svg
    assert "aria-current" not in svg


def test_on_the_page_of_a_stop_the_others_lead_to_theirs(walk: Walkthrough) -> None:
    svg = drawn(walk, current=2)
    assert svg.count('aria-current="step"') == 1
    assert f'class="sketch-stop is-current" href="{walk.stops[1].get_absolute_url()}"' in svg
    assert walk.stops[2].get_absolute_url() in svg


def test_a_reader_sees_names_in_their_own_language(walk: Walkthrough) -> None:
    assert 'lang="nl">Vredespaleis</text>' in drawn(walk, language="nl")
    assert 'lang="en">Peace Palace</text>' in drawn(walk, language="ar")


def test_a_drawn_leg_is_a_line_and_a_reckoned_one_is_dotted(walk: Walkthrough) -> None:
    stop = walk.stops[1]
    stop.leg_track = [[52.084, 4.312], [52.086, 4.303]]
    stop.save()
    walk = walkthrough(AnonymousUser(), "thehague", walk.route.slug)
    assert re.findall(r'class="(sketch-way[^"]*)"', drawn(walk)) == ["sketch-way is-drawn", "sketch-way"]


def test_in_a_dense_square_every_number_stays_and_some_names_wait(walk: Walkthrough) -> None:
    for i, stop in enumerate(walk.stops):
        stop.lat, stop.lon = 52.08 + i / 1e5, 4.31
    svg = drawn(walk)
    assert svg.count('class="sketch-number"') == 3
    labels = re.findall(r'class="chart-label at-wide( is-spare)?"', svg)
    assert len(labels) == 3


def test_the_current_stop_always_has_its_name(walk: Walkthrough) -> None:
    for stop in walk.stops:
        stop.lat, stop.lon = 52.08, 4.31
    for current in (1, 2, 3):
        part = drawn(walk, current).split(f'data-stop="{current}"')[1].split("</a>")[0]
        assert "is-spare" not in part


@pytest.mark.parametrize(
    ("metres", "tag", "words"),
    [(200, "en", "200 m"), (1000, "en", "1 km"), (5000, "zh-Hans", "5公里"), (2000, "fr", "2 km")],
)
def test_the_scale_bar_says_a_round_length(metres: float, tag: str, words: str) -> None:
    assert " ".join(scale_words(metres, tag).split()) == words


@pytest.mark.parametrize("language", ["en", "nl", "ar", "fr"])
def test_coordinates_are_written_for_machines_in_every_language(walk: Walkthrough, language: str) -> None:
    assert not re.search(r'\b(?:x|y|cx|cy|r|font-size)="[^"]*[^-\d."][^"]*"', drawn(walk, language=language))
