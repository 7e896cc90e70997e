"""JSON-LD: what search engines read, and nothing that could end its script."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from cityplus.web import structured
from cityplus.web.structured import Thing

HEAD, TAIL = '<script type="application/ld+json">', "</script>"


def read(script: str) -> Thing:
    assert script.startswith(HEAD) and script.endswith(TAIL)
    thing: Thing = json.loads(script.removeprefix(HEAD).removesuffix(TAIL))
    return thing


@given(st.text())
def test_any_text_comes_through_and_none_ends_the_script(text: str) -> None:
    script = structured.json_ld({"@type": "City", "name": f"</script><!--{text}&"})
    inner = script.removeprefix(HEAD).removesuffix(TAIL)
    assert not set("<>&") & set(inner)
    assert read(script)["name"] == f"</script><!--{text}&"


def test_properties_without_a_value_are_left_out_all_the_way_down() -> None:
    thing = {"@type": "City", "image": "", "sameAs": [], "geo": {"latitude": 0, "longitude": None}}
    assert structured.filled(thing) == {"@type": "City", "geo": {"latitude": 0}}


def test_a_page_says_its_language_and_the_way_to_it() -> None:
    way = [("Den Haag", "/nl/@thehague/"), ("Naar zee", "/nl/x/")]
    page = read(structured.json_ld(structured.page("/nl/x/", "Naar zee", "nl", {"@type": "TouristTrip"}, way)))
    assert page["@context"] == "https://schema.org"
    assert (page["@type"], page["inLanguage"]) == ("WebPage", "nl")
    assert page["mainEntity"] == {"@type": "TouristTrip"}
    first, second = page["breadcrumb"]["itemListElement"]
    assert (first["position"], second["position"]) == (1, 2)
    assert first["item"].startswith("http") and first["item"].endswith("/nl/@thehague/")


def test_a_page_at_the_root_needs_no_way() -> None:
    assert "breadcrumb" not in read(structured.json_ld(structured.page("/", "CityPlus", "en", {"@type": "City"})))
