"""What is found, and in which order: the same on both engines, for the suite runs this on each of them."""

from __future__ import annotations

import pytest

from cityplus.search import QueryError, find
from cityplus.search.tests.conftest import HOFVIJVER

pytestmark = pytest.mark.usefixtures("found_corpus")

FOUND = {
    # As it is written, in any language and script.
    ("海牙", "en"): ["city 海牙"],
    ("和平宫", "nl"): ["stop 和平宫"],
    ("vredespaleis", "en"): ["stop Vredespaleis", "route To the sea"],
    ("Peace Palace", "en"): ["stop Peace Palace"],
    ("السلام", "ar"): ["stop قصر السلام"],
    ("سلام", "ar"): ["stop قصر السلام"],
    ("plovdiv", "en"): ["city Plovdiv"],
    ("Пловдив", "en"): ["city Пловдив"],
    ("ПЛОВДИВ", "nl"): ["city Пловдив"],
    # Marks do not matter.
    ("lodz", "en"): ["city Lodz"],
    ("Łódź", "pl"): ["city Łódź"],
    ("sao paulo", "en"): ["city Sao Paulo"],
    ("sao paulo", "pt"): ["city São Paulo"],
    # One character of a script without spaces, at the beginning of a word or at its end.
    ("海", "zh-Hans"): ["city 海牙", "city 上海"],
    ("和平", "zh-Hans"): ["stop 和平饭店", "stop 和平宫"],
    # Beginnings; what is wholly so comes first.
    ("hag", "en"): ["city Hagen", "city The Hague"],
    ("hague", "en"): ["city The Hague"],
    ("pal", "en"): ["stop Paleis Noordeinde", "stop Peace Palace"],
    ("park", "en"): ["stop Park Źródliska", "stop People’s Park"],
    # Every word must be there; all texts are searched when names give few.
    ("peace", "en"): ["stop Peace Palace", "stop Peace Hotel"],
    ("peace hotel", "en"): ["stop Peace Hotel"],
    ("carnegie", "en"): ["stop Peace Palace"],
    ("palace carnegie", "en"): ["stop Peace Palace"],
    # Nothing is nothing.
    ("", "en"): [],
    ("!?", "en"): [],
    ("xyzzyqua", "en"): [],
}


def listed(q: str, language: str) -> list[str]:
    return [f"{hit.item.kind} {hit.name.text}" for hit in find(q, language=language).hits]


@pytest.mark.parametrize(("asked", "hits"), FOUND.items(), ids=[f"{q}-{tag}" for q, tag in FOUND])
def test_both_engines_find_the_same_in_the_same_order(asked: tuple[str, str], hits: list[str]) -> None:
    assert listed(*asked) == hits


@pytest.mark.parametrize(
    ("typed", "hit", "meant"),
    [
        ("plovdif", "city Plovdiv", "plovdiv"),
        ("vredespalies", "stop Vredespaleis", "vredespaleis"),
        ("peece palace", "stop Peace Palace", "peace palace"),
        ("Shangai", "city Shanghai", "shanghai"),
        ("Плоодив", "city Пловдив", "пловдив"),
    ],
)
def test_typing_mistakes_are_forgiven_and_said(typed: str, hit: str, meant: str) -> None:
    results = find(typed)
    assert f"{results.hits[0].item.kind} {results.hits[0].name.text}" == hit
    assert results.meant == meant


def test_a_word_that_some_name_has_is_not_mistyped() -> None:
    assert listed("peace park", "en") == []
    assert listed("peece park", "en") == []
    assert find("peece hotel").meant == "peace hotel"


def test_what_is_written_rightly_means_what_it_says() -> None:
    assert find("hagen").meant == ""
    assert listed("hagen", "en") == ["city Hagen"]


def test_the_readers_language_and_the_own_name_come_first() -> None:
    names = {tag: find("sao paulo", language=tag).hits[0].name.text for tag in ("en", "pt", "nl")}
    assert names == {"en": "Sao Paulo", "pt": "São Paulo", "nl": "São Paulo"}
    score = {q: find(q, language="nl").hits[0].score for q in ("den haag", "the hague")}
    assert score["den haag"] > score["the hague"]


def test_kinds_can_be_chosen() -> None:
    assert {hit.item.kind for hit in find("vredespaleis").hits} == {"stop", "route"}
    assert [hit.item.kind for hit in find("vredespaleis", kinds=["route"]).hits] == ["route"]
    with pytest.raises(QueryError, match="“people” cannot be searched for; there are city, route, stop"):
        find("vredespaleis", kinds=["people"])


def test_a_list_goes_on_where_it_ended() -> None:
    whole = [hit.key for hit in find("p").hits]
    assert len(whole) > 3
    paged, after = [], ""
    while True:
        page = find("p", limit=2, after=after)
        paged += [hit.key for hit in page.hits]
        after = page.next
        if not after:
            break
    assert paged == whole


def test_near_alone_is_by_distance() -> None:
    hits = find("", near=HOFVIJVER, limit=5).hits
    metres = [hit.metres or 0 for hit in hits]
    assert metres == sorted(metres)
    assert [hit.name.text for hit in hits][:4] == ["To the sea", "The Hague", "Noordeinde Palace", "Peace Palace"]
    assert hits[-1].name.text == "Hagen"


def test_near_with_words_mixes_both() -> None:
    near_shanghai = find("peace", near=find("上海").hits[0].item.point)
    assert near_shanghai.hits[0].name.text == "Peace Hotel"
    assert find("peace").hits[0].name.text == "Peace Palace"


def test_near_the_date_line_and_the_pole_finds_what_there_is() -> None:
    from cityplus.lib.geo import Point  # noqa: PLC0415

    for lat, lon in ((0.0, 180.0), (0.0, -180.0), (90.0, 0.0), (-90.0, 17.0)):
        assert len(find("", near=Point(lat, lon)).hits) == 12
