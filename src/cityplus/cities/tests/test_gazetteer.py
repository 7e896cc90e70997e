"""Finding a city of the world by any of its names, and what is known of it."""

from __future__ import annotations

import pytest

from cityplus.actors.handles import RESERVED
from cityplus.cities import gazetteer, placefinder
from cityplus.cities.gazetteer import handle_for
from cityplus.cities.placefinder import find, place

VARNA, THE_HAGUE = 726050, 2747373


@pytest.mark.parametrize(
    "asked",
    [
        "the hague",
        "THE HAGUE",
        "Den Haag",
        "den-haag",
        "'s-Gravenhage",
        "s gravenhage",
        "海牙",
        "Гаага",
        "لاهاي",
        "헤이그",
        "La Haye",
    ],
)
def test_a_city_is_found_by_any_of_its_names(asked: str) -> None:
    assert "The Hague" in [found.name for found in find(asked)]
    assert find(asked)[0].name == "The Hague" or "ravenhage" in asked


@pytest.mark.parametrize("asked", ["Łódź", "lodz", "ŁODZ", "Lódź"])
def test_diacritics_make_no_difference(asked: str) -> None:
    assert find(asked)[0].name == "Łódź"


def test_what_is_half_typed_finds_the_largest_first() -> None:
    found = find("lond")
    assert found[0].name == "London" and found[0].country == "GB"
    assert find("porto")[0].country == "PT", "larger cities have that name among their others"
    exact = find("san")
    assert "San" in [one.name for one in exact], (
        "a city that is called so, and is small, comes before those that begin so"
    )


def test_a_word_inside_a_name_is_found() -> None:
    assert "Stoke-on-Trent" in [one.name for one in find("trent")]


@pytest.mark.parametrize(
    "asked", ["", "  ", "--", "\t", "\n\n", "'", "zzzzqq", "x" * 10_000, "amsterdam\nam", "%", "_"]
)
def test_nothing_is_found_for_nothing(asked: str) -> None:
    assert find(asked) == []


def test_names_are_looked_at_each_by_itself() -> None:
    """In the index a tab ends a name, and a line ends a place."""
    assert find("new\tyork\n") == find("new york")


def test_a_country_keeps_the_others_out() -> None:
    assert {one.country for one in find("springfield")} >= {"US"}
    assert {one.country for one in find("london", country="CA")} == {"CA"}


def test_answers_are_bounded() -> None:
    assert len(find("a")) == placefinder.MOST
    assert len(find("a", most=3)) == 3


def test_every_place_is_found_by_its_number_and_nothing_else_is() -> None:
    varna = place(VARNA)
    assert varna is not None
    assert (varna.name, varna.native, varna.language, varna.country) == ("Varna", "Варна", "bg", "BG")
    assert varna.time_zone == "Europe/Sofia" and varna.population > 300_000
    assert [place(number) for number in (0, 1, 99_999_999_999)] == [None] * 3
    assert placefinder.known() == 34_006


def test_names_are_taken_in_the_languages_that_can_be_told() -> None:
    hague, varna = place(THE_HAGUE), place(VARNA)
    assert hague is not None and varna is not None
    names = hague.all_names
    assert names.original == "en", "which of its Latin names is the Dutch one, the gazetteer does not say"
    assert names.in_language("zh-Hans") == "海牙" and names.in_language("ja") == "デン・ハーグ"
    assert names.in_language("ko") == "헤이그" and names.in_language("el") == "Χάγη"
    assert varna.all_names.original == "bg"
    assert "zh-Hans" not in varna.all_names.versions, "瓦爾納 is traditional Chinese"
    assert varna.all_names.versions["ja"].state == "machine"


def test_its_own_name_is_the_likeliest_and_the_others_are_there() -> None:
    found = {asked: place(find(asked)[0].number) for asked in ("Yerevan", "Nagoya", "Shenzhen")}
    yerevan, nagoya, shenzhen = found["Yerevan"], found["Nagoya"], found["Shenzhen"]
    assert yerevan is not None and nagoya is not None and shenzhen is not None
    assert len(yerevan.native.split()) == 1 and "Երևան" in yerevan.natives
    assert nagoya.native == "名古屋"
    assert "深圳" in shenzhen.natives and shenzhen.natives.index("深圳") < shenzhen.natives.index("寶安")


def test_languages_of_a_country_are_tags_as_we_write_them() -> None:
    assert gazetteer.languages_of("BE") == ("nl", "fr")
    assert gazetteer.languages_of("CN")[0] == "zh-Hans"
    assert gazetteer.languages_of("TW") == ("zh-Hant",)
    assert gazetteer.languages_of("XX") == ("en",)


def test_a_handle_is_proposed_that_is_free() -> None:
    taken = {"london", "londonca"}
    assert handle_for("London", "CA", taken.__contains__) == "londonca2"
    assert handle_for("Łódź", "PL", taken.__contains__) == "odz", "what has no plain letter is left out"
    assert handle_for("São Paulo", "BR", taken.__contains__) == "saopaulo"
    assert handle_for("海牙", "NL", taken.__contains__) == "city"
    assert handle_for(next(iter(RESERVED)), "US", taken.__contains__) not in RESERVED
