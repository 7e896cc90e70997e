"""The map of the world: every member a link with its own name, read aloud with its number."""

from __future__ import annotations

import re

import pytest
from django.template import engines
from django.utils import translation

from cityplus.cities.models import City

TEMPLATE = "{% load cities %}{% world_map cities %}"


def drawn(cities: list[City], language: str = "en") -> str:
    with translation.override(language):
        return engines["django"].from_string(TEMPLATE).render({"cities": cities})


def test_every_member_is_a_link_with_its_own_name(thehague: City, shenzhen: City) -> None:
    svg = drawn([thehague, shenzhen])
    assert svg.count("<a ") == 2
    assert f'href="{thehague.get_absolute_url()}" aria-label="{thehague.number} Den Haag, The Hague"' in svg
    assert re.search(r'<text class="chart-name"[^>]* lang="zh-Hans">深圳</text>', svg)


def test_a_narrow_map_shows_the_numbers_of_the_list(thehague: City, shenzhen: City) -> None:
    svg = drawn([thehague, shenzhen])
    assert re.findall(r'<text class="chart-number"[^>]*>(\d+)</text>', svg) == [
        str(thehague.number),
        str(shenzhen.number),
    ]


def test_a_city_without_a_number_is_there_as_well(plovdiv: City) -> None:
    svg = drawn([plovdiv])
    assert 'aria-label="Пловдив, Plovdiv"' in svg
    assert ">–</text>" in svg


@pytest.mark.parametrize("language", ["en", "nl", "ar", "fr"])
def test_coordinates_are_written_for_machines_in_every_language(thehague: City, language: str) -> None:
    svg = drawn([thehague], language)
    assert not re.search(r'\b(?:x|y|cx|cy|r|font-size)="[^"]*[^-\d."][^"]*"', svg)


def test_a_map_of_nobody_is_still_a_map() -> None:
    assert "world-land" in drawn([])


def test_the_drawing_obeys_the_policy(thehague: City) -> None:
    assert not re.search(r"\sstyle=|<style|<script", drawn([thehague]))
