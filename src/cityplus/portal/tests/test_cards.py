"""The cards of the network and of a city."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import translation

from cityplus.cities.models import City
from cityplus.portal.views.card import card_of_city, card_of_home
from cityplus.ties.models import Tie


@pytest.fixture(autouse=True)
def _kept(settings: LazySettings, tmp_path: Path) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, data=tmp_path)


def test_strangers_see_no_card_of_a_city_that_is_not_launched(plovdiv: City, stranger: Client) -> None:
    assert stranger.get("/@plovdiv/card.jpg").status_code == 404
    assert stranger.get("/@nowhere/card.jpg").status_code == 404


@pytest.mark.parametrize("page", ["/", "/ja/", "/@thehague/", "/bg/@thehague/"])
def test_the_card_of_a_page_is_the_one_that_it_names(thehague: City, stranger: Client, page: str) -> None:
    html = stranger.get(page).content.decode()
    found = re.search(r'property="og:image" content="http://[^/]+([^"?]+)\?v=([0-9a-f]{10})"', html)
    assert found is not None
    assert found[1] == f"{page}card.jpg"
    card = stranger.get(found[1])
    assert (card.status_code, card["Content-Type"]) == (200, "image/jpeg")
    assert card["ETag"].strip('"').startswith(found[2])


def test_a_city_keeps_its_own_name_first(thehague: City) -> None:
    with translation.override("zh-hans"):
        card = card_of_city(thehague)
    assert (card.title.text, card.title.tag) == ("Den Haag", "nl")
    assert card.second is not None
    assert (card.second.text, card.second.tag) == ("海牙", "zh-Hans")


def test_a_network_without_cities_has_a_card(db: None, stranger: Client) -> None:
    assert stranger.get("/card.jpg").status_code == 200


def test_ties_of_cities_that_are_not_shown_are_not_drawn(thehague: City, shenzhen: City, plovdiv: City) -> None:
    for friend in (shenzhen, plovdiv):
        Tie.propose(thehague, friend, by="test")
    card = card_of_home([thehague, shenzhen], list(Tie.objects.with_cities()))
    assert {frozenset(card.stars[i].name.text for i in tie) for tie in card.ties} == {frozenset({"Den Haag", "深圳"})}
