"""A route and a stop as JSON-LD."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.utils import translation

from cityplus.languages.text import Text
from cityplus.routes.models import Route
from cityplus.routes.walkthrough import Walkthrough, walkthrough


@pytest.fixture
def walk(route: Route) -> Walkthrough:
    route.publish(by="test")
    return walkthrough(AnonymousUser(), "thehague", route.slug)


def page(tag: str, walk: Walkthrough, language: str) -> dict[str, Any]:
    source = engines["django"].from_string(f"{{% load routes %}}{{% {tag} %}}")
    with translation.override(language):
        script = source.render({"walk": walk, "stop": walk.stops[0]})
    found: dict[str, Any] = json.loads(re.sub(r"</?script[^>]*>", "", script))
    return found


def way(found: dict[str, Any]) -> list[str]:
    return [step["name"] for step in found["breadcrumb"]["itemListElement"]]


def test_a_route_is_a_trip_with_its_stops_in_order(walk: Walkthrough) -> None:
    found = page("structured_route walk", walk, "zh-hans")
    trip = found["mainEntity"]
    assert trip["@type"] == "TouristTrip"
    assert trip["name"] == "到海边去"
    assert found["inLanguage"] == "zh-Hans"
    stops = trip["itinerary"]["itemListElement"]
    assert trip["itinerary"]["numberOfItems"] == 3
    assert [stop["position"] for stop in stops] == [1, 2, 3]
    assert stops[0]["item"]["@type"] == "TouristAttraction"
    assert stops[0]["item"]["geo"] == {"@type": "GeoCoordinates", "latitude": 52.0807, "longitude": 4.3124}
    assert stops[0]["item"]["url"].endswith("/zh-hans/@thehague/routes/to-the-sea/stops/1/")
    assert way(found) == ["海牙", "到海边去"]


def test_a_stop_is_an_attraction_on_its_way(walk: Walkthrough) -> None:
    found = page("structured_stop walk stop", walk, "en")
    place = found["mainEntity"]
    assert place["name"] == "Court Pond"
    assert place["description"] == "The story of the Court Pond."
    assert place["subjectOf"]["name"] == "To the sea"
    assert way(found) == ["The Hague", "To the sea", "Court Pond"]
    assert "address" not in place and "image" not in place


def test_words_of_a_pack_cannot_end_the_script(walk: Walkthrough) -> None:
    walk.route.title = Text.of("nl", nl="</script><script>alert(1)</script>")
    source = engines["django"].from_string("{% load routes %}{% structured_route walk %}")
    assert source.render({"walk": walk}).count("<") == 2
