"""A pack that is not understood whole is not imported at all, and the message says where to look."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import launch, make_city

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.media.models import Medium
from cityplus.packs.importing import import_packs
from cityplus.packs.reading import PackError
from cityplus.packs.tests.conftest import edit, write_pack

pytestmark = pytest.mark.django_db

CITY, ROUTE, STOP, LAST = "city.yaml", "route.yaml", "01-oostpoort.yaml", "02-markt.yaml"

WRONG = [
    # what is written, what stands there instead, what the message says
    (CITY, "hue: 210", "huge: 210", "“huge” is not known here; known are format, original, handle"),
    (STOP, "step_free: partial", "step_free: partial\ncolour: red", "“colour” is not known here"),
    (CITY, "{lat: 52.0116, lon: 4.3571}", "{lat: 52.0116}", "lon must be said here"),
    (CITY, "{kind: website, ", "{", "kind must be said here"),
    (CITY, "hue: 210", "hue: 210\nhue: 211", "“hue” is said twice"),
    (CITY, "tagline:\n", "tagline:\n  nl: Twee keer\n", "“nl” is said twice"),
    (CITY, "names: {nl: Delft, en: Delft}", "names: {nl: Delft, EN: Delft}", "“EN” is not a language tag: write en"),
    (CITY, "languages: [nl]", "languages: [dutch]", "“dutch” is not a language tag"),
    (STOP, "address: {language: nl", "address: {language: nl_NL", "“nl_NL” is not a language tag"),
    (CITY, 'profile: {nl: "Een stad.", ', "profile: {", r"the original \(nl\) is missing; there is only en"),
    (STOP, 'story: {nl: "De laatste poort."', 'story: {nl: ""', "“” is not a text"),
    (STOP, 'story: {nl: "De laatste poort."', 'story: {nl: "  "', "“  ” is not a text"),
    (STOP, 'look_for: {nl: "Kijk omhoog.", en: "Look up."}', "look_for: up", "expected a text by language, such as nl"),
    (CITY, "state: reviewed", "state: approved", "“approved” is not a state of a text"),
    (CITY, "at: 2026-11-22", "at: yesterday", "“yesterday” is not a date and time"),
    (CITY, "media/cover.svg", "media/none.svg", "media/none.svg is not in the pack"),
    (CITY, "media/cover.svg", "../cover.svg", "“../cover.svg” is not a file in media/"),
    (CITY, "media/cover.svg", "/etc/passwd", "“/etc/passwd” is not a file in media/"),
    (CITY, "lat: 52.0116", "lat: 91", "“91” is not a number from -90 to 90"),
    (LAST, "lon: 4.3592", "lon: east", "“east” is not a number from -180 to 180"),
    (LAST, "[[52.0115, 4.3650]]", "[[52.0115]]", r"a point of a track is \[lat, lon\]"),
    (LAST, "[[52.0115, 4.3650]]", "[[452.0, 4.3650]]", "“452.0” is not a number from -90 to 90"),
    (CITY, "cityplus-pack/1", "cityplus-pack/3", "“cityplus-pack/3” is not one of cityplus-pack/1, cityplus-pack/2"),
    (ROUTE, "cityplus-pack/1", "other", "“other” is not one of cityplus-pack/1"),
    (CITY, "handle: delft", "handle: Delft", "“Delft”: A handle has 2 to 30 small letters"),
    (CITY, "handle: delft", "handle: admin", "“admin”: The handle admin is reserved"),
    (CITY, "number: 10", "number: 0", "“0” is not a number from 1 to 100000"),
    (CITY, "number: 10", "number: 1.5", "“1.5” is not a whole number"),
    (CITY, "country: NL", "country: Netherlands", "“Netherlands” is not an ISO 3166-1 code"),
    (CITY, "Europe/Amsterdam", "Europe/Delft", "“Europe/Delft” is not an IANA time zone"),
    (CITY, "launched: 2020-02-29", "launched: 2021-02-29", "“2021-02-29” is not a date .*no calendar has it"),
    (CITY, "launched: 2020-02-29", "launched: 2020", "“2020” is not a date such as"),
    (CITY, 'since: "2014-11"', 'since: "2014-13"', "“2014-13” is not a year, .*no calendar has it"),
    (CITY, "with: shenzhen", "with: Shen Zhen", "“Shen Zhen”: A handle has"),
    (CITY, "scope: municipality", "scope: village", "“village” is not one of"),
    (CITY, "people: 103581", "people: many", "“many” is not a number"),
    (CITY, "section: M", "section: Z", "“Z” is not one of A, B"),
    (CITY, "kind: website", "kind: fax", "“fax” is not one of website, email"),
    (CITY, "https://www.delft.nl/", "javascript:alert(1)", "“javascript:.*” is not a web address"),
    (CITY, "licence: CC-BY-4.0", "licence: all rights", "“all rights” is not an SPDX licence"),
    (CITY, 'source: "CBS"', f'source: "{"x" * 201}"', "201 characters are too many; at most 200"),
    (CITY, "languages: [nl]", "languages: nl", "expected a list, each item after a dash"),
    (CITY, "place: {lat: 52.0116, lon: 4.3571}", "place: here", "expected keys and values, such as lat"),
    (CITY, "country: NL", "country: [NL]", "expected an ISO 3166-1 code such as NL, not a list"),
    (ROUTE, "theme: history", "theme: ghosts", "“ghosts” is not one of culture"),
    (ROUTE, "mode: walk", "mode: swim", "“swim” is not one of walk"),
    (ROUTE, "minutes: 45", "minutes: 0", "“0” is not a number from 1"),
    (LAST, "leg: {mode: walk", "leg: {mode: fly", "“fly” is not one of walk"),
    (STOP, 'opening_hours: "24/7"', 'opening_hours: "Mon 9-5"', "“Mon” in “Mon 9-5” is not a day"),
    (STOP, "step_free: partial", "step_free: yes", "“yes” is not one of full"),
    (LAST, "https://www.delft.nl/markt", "ftp://delft", "“ftp://delft” is not a web address"),
    (CITY, "names: {nl: Delft, en: Delft}", "names: {nl: Delft, en: Delft", "not YAML"),
    (CITY, "hue: 210", "hue: *colour", r"no aliases \(\*colour\)"),
    (CITY, "hue: 210", "hue: !!python/name:os.system 210", "with the tag .*python.* is not taken"),
    (CITY, "hue: 210", "hue: !!int many", "“many” with the tag .*int is not taken"),
]


def nothing_was_written() -> None:
    assert not City.objects.exists()
    assert not Actor.objects.exists()
    assert not Medium.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(("file", "old", "new", "says"), WRONG)
def test_what_is_wrong_is_named_with_file_and_line(pack: Path, file: str, old: str, new: str, says: str) -> None:
    edit(pack, file, old, new)
    with pytest.raises(PackError, match=says) as refusal:
        import_packs(pack)
    assert re.match(rf"delft/\S*{re.escape(file)}, line \d+: ", str(refusal.value)), refusal.value
    nothing_was_written()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (CITY, "hue: 210", "hue: 400"),
        (CITY, "section: M", "section: Z"),
        (CITY, "Blue by the water, state: reviewed", "Blue by the water, state: new"),
        (STOP, "lat: 52.0113", "lat: 95"),
        (ROUTE, "difficulty: easy", "difficulty: awful"),
    ],
)
def test_the_line_is_the_right_one(pack: Path, file: str, old: str, new: str) -> None:
    line = edit(pack, file, old, new)
    with pytest.raises(PackError, match=rf"{file}, line {line}: "):
        import_packs(pack)


def test_a_medium_that_we_do_not_take(pack: Path) -> None:
    (pack / "media/gate.svg").write_text("<svg><script/></svg>")
    with pytest.raises(
        PackError, match=r"^delft/routes/along-the-canal/stops/01-oostpoort\.yaml, line 12: gate\.svg: "
    ):
        import_packs(pack)
    nothing_was_written()


def test_a_sound_where_a_picture_belongs(pack: Path) -> None:
    edit(
        pack,
        STOP,
        "pictures:",
        "sounds:\n  - {file: media/gate.svg, kind: guide, title: {nl: A}, transcript: {nl: B}}\npictures:",
    )
    edit(pack, STOP, '  - {file: media/gate.svg, alt: {nl: "De poort", en: "The gate"}}\n', "  []\n")
    with pytest.raises(PackError, match=r"line 12: media/gate\.svg is a picture, and a sound stands here"):
        import_packs(pack)
    nothing_was_written()


def with_film(pack: Path, film: str) -> None:
    (pack / "media/film.mp4").write_bytes(b"\0\0\0\x20ftypisom")
    (pack / "media/film.nl.vtt").write_text("WEBVTT\n")
    (pack / "media/film.en.vtt").write_text("no captions")
    (pack / "media/film.ja.vtt").write_bytes("WEBVTT 海".encode("utf-16"))
    edit(pack, ROUTE, "theme: history", f"film: {film}\ntheme: history")


@pytest.mark.parametrize(
    ("captions", "says"),
    [
        ("media/film.nl.vtt", "expected WebVTT files by language"),
        ("{nl: media/film.nl.vtt, en: media/film.en.vtt}", r"media/film\.en\.vtt is not WebVTT"),
        ("{nl: media/film.ja.vtt}", r"media/film\.ja\.vtt is not UTF-8"),
        ("{dutch: media/film.nl.vtt}", "“dutch” is not a language tag"),
        ("{nl: media/none.vtt}", r"media/none\.vtt is not in the pack"),
    ],
)
def test_captions_that_cannot_be_read(pack: Path, captions: str, says: str) -> None:
    with_film(pack, f"{{file: media/film.mp4, title: {{nl: A}}, captions: {captions}}}")
    with pytest.raises(PackError, match=rf"route\.yaml, line 5: .*{says}"):
        import_packs(pack)
    nothing_was_written()


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (lambda p: (p / "routes/along-the-canal/route.yaml").unlink(), r"route\.yaml is missing"),
        (lambda p: (p / "city.yaml").unlink(), "holds no pack"),
        (lambda p: (p / "city.yaml").write_text(""), r"city\.yaml is empty"),
        (lambda p: (p / "city.yaml").write_text("- a list"), "the head must name the original"),
        (lambda p: (p / "city.yaml").write_text("original: 5"), "“5” is not a language tag"),
        (lambda p: (p / "city.yaml").write_bytes(b"original: \xff"), r"city\.yaml: not UTF-8 at byte 10"),
        (lambda p: (p / "city.yaml").write_text("original: \x07"), r"city\.yaml.*not YAML"),
        (lambda p: (p / "city.yaml").write_text("original: " + "[" * 600), r"city\.yaml, line 1: nested too deeply"),
        (lambda p: (p / "city.yaml").write_text("a: &x [1]\nb: *x\noriginal: en"), r"city\.yaml, line 2: no aliases"),
        (lambda p: next(p.rglob("02-*")).unlink(), "a route has at least two stops"),
        (lambda p: next(p.rglob("02-*")).rename(p / "routes/along-the-canal/stops/03-x.yaml"), "must begin with 02-"),
        (lambda p: (p / "routes/along-the-canal").rename(p / "routes/Along_it"), "cannot stand in an address"),
    ],
)
def test_files_that_are_missing_or_broken(pack: Path, break_it: object, says: str) -> None:
    break_it(pack)  # type: ignore[operator]
    with pytest.raises(PackError, match=says):
        import_packs(pack)
    nothing_was_written()


def test_one_wrong_pack_keeps_all_the_others_out(pack: Path) -> None:
    other = write_pack(pack.parent / "leiden")
    edit(other, CITY, "handle: delft", "handle: leiden")
    edit(other, CITY, "number: 10", "number: eleven")
    with pytest.raises(PackError, match=r"^leiden/city\.yaml, line 4: "):
        import_packs(pack.parent)
    nothing_was_written()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("handle: delft", "handle: leiden", r"^leiden/city\.yaml, line 4: member number 10 is that of @delft"),
        ("number: 10", "number: 11", r"^leiden/city\.yaml, line 3: two packs are of the city @delft"),
    ],
)
def test_two_packs_that_claim_the_same(pack: Path, old: str, new: str, says: str) -> None:
    edit(write_pack(pack.parent / "leiden"), CITY, old, new)
    with pytest.raises(PackError, match=says):
        import_packs(pack.parent)
    nothing_was_written()


def test_a_number_that_another_member_has(pack: Path) -> None:
    launch(make_city("leiden", Text.of("nl", nl="Leiden")))
    edit(pack, CITY, "number: 10", "number: 1")
    with pytest.raises(PackError, match=r"^delft/city\.yaml, line 4: member number 1 is that of @leiden"):
        import_packs(pack)
    assert City.objects.count() == 1


def test_a_member_that_has_another_number(pack: Path) -> None:
    launch(make_city("delft", Text.of("nl", nl="Delft")))
    with pytest.raises(PackError, match="line 4: @delft is here already as member 1"):
        import_packs(pack)


def test_a_handle_that_belongs_to_somebody_else(pack: Path) -> None:
    Actor.objects.create(handle="delft", kind=Actor.Kind.PERSON, names=Text.of("nl", nl="Jan"))
    with pytest.raises(PackError, match="line 3: @delft is here already, and is no city"):
        import_packs(pack)
    assert Actor.objects.get().kind == Actor.Kind.PERSON
