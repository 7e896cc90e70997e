"""The star chart: friends get a ray and lead to the tie, the others lead to their page; and a city as JSON-LD."""

from __future__ import annotations

import json
import re
from typing import Any

from django.template import engines
from django.utils import translation

from cityplus.cities.models import City, Contact
from cityplus.lib.geo import distance
from cityplus.ties.models import Tie

CHART = "{% load portal %}{% star_chart city friends others %}"
STRUCTURED = "{% load portal %}{% structured_city city %}"


def render(source: str, context: dict[str, Any], language: str = "en") -> str:
    with translation.override(language):
        return engines["django"].from_string(source).render(context)


def chart(city: City, friend: City, other: City, language: str = "en") -> str:
    tie = Tie.propose(city, friend, by="test", since="2015")
    tie.accept(friend, by="test")
    friends = [{"city": friend, "tie": tie, "metres": distance(city.point, friend.point)}]
    others = [{"city": other, "metres": distance(city.point, other.point)}]
    return render(CHART, {"city": city, "friends": friends, "others": others}, language)


def test_a_friend_has_a_ray_and_leads_to_the_tie(thehague: City, shenzhen: City, plovdiv: City) -> None:
    svg = chart(thehague, shenzhen, plovdiv)
    assert svg.count('class="sky-ray"') == 1
    assert '<a class="sky-city sky-friend hue-75" href="/ties/shenzhen+thehague/"' in svg
    assert '<a class="sky-city sky-other hue-75" href="/@plovdiv/"' in svg


def test_names_and_distances_are_read_aloud(thehague: City, shenzhen: City, plovdiv: City) -> None:
    svg = chart(thehague, shenzhen, plovdiv)
    assert 'aria-label="深圳, Shenzhen, 9,302 km"' in svg
    assert ">Shenzhen · 9,302 km</text>" in svg
    assert ">10,000 km</text>" in svg


def test_distances_run_with_the_readers_script(thehague: City, shenzhen: City, plovdiv: City) -> None:
    svg = chart(thehague, shenzhen, plovdiv, "ar")
    distances = re.findall(r'<text class="chart-(?:second|ring)"[^>]*direction="(\w+)"', svg)
    assert set(distances) == {"rtl"}


def test_a_city_without_members_around_it_has_a_sky_of_its_own(thehague: City) -> None:
    svg = render(CHART, {"city": thehague, "friends": [], "others": []})
    assert "Den Haag" in svg and "<a " not in svg


def test_the_city_as_structured_data(thehague: City) -> None:
    Contact.objects.create(city=thehague, kind="website", value="https://www.denhaag.nl")
    Contact.objects.create(city=thehague, kind="email", value="hello@example.org")
    script = render(STRUCTURED, {"city": thehague}, "nl")
    page = json.loads(re.sub(r"</?script[^>]*>", "", script))
    assert page["url"].endswith("/nl/@thehague/")
    assert page["inLanguage"] == "nl"
    city = page["mainEntity"]
    assert city["@type"] == "City"
    assert city["name"] == "Den Haag"
    assert city["alternateName"] == ["The Hague", "海牙"]
    assert city["sameAs"] == ["https://www.denhaag.nl"]
    assert city["containedInPlace"] == {"@type": "Country", "name": "Nederland", "identifier": "NL"}
    assert city["geo"]["latitude"] == thehague.lat
