"""A route as a booklet to print: every language set with its own letters, a page a stop, codes that can be scanned."""

from __future__ import annotations

import dataclasses
import io
import re
from pathlib import Path
from typing import Any

import pytest
import resvg_py
import zxingcpp
from conftest import CONTENT, sign_in
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image
from pypdf import PdfReader
from pytest_django import Settings

from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.media.models import Medium, Rendition
from cityplus.people.models import Person
from cityplus.routes.formats import press as presses
from cityplus.routes.models import Route, Stop, StopMedium
from cityplus.routes.views import booklet as views
from cityplus.web import press as any_press
from cityplus.web.keptfiles import folder
from cityplus.web.press import svg_code

HERE = "/@thehague/routes/to-the-sea/route.pdf"
STORY = {
    "en": "The *counts* had their court here.",
    "nl": "Hier hielden de graven hof.",
    "zh_Hans": "伯爵们曾在这里设立宫廷。",
    "ja": "ここに伯爵たちの宮廷がありました。",
    "ar": "كان للكونتات بلاط هنا.",
    "fr": "Les comtes tenaient ici leur cour.",
    "bg": "Тук графовете са имали двор.",
}
LANGUAGES = ["en", "zh-hans", "ar", "ja", "fr", "bg", "nl"]


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """Booklets are kept in the data folder."""
    settings.CITYPLUS = dataclasses.replace(settings.CITYPLUS, data=tmp_path)


@pytest.fixture
def public(route: Route) -> Route:
    route.stops.update(story=Text.of("nl", **STORY))
    route.stops.filter(number=1).update(
        address="Lange Vijverberg 1", address_language="nl", opening_hours="24/7", minutes=20
    )
    picture(route)
    route.publish(by="test")
    return route


def picture(route: Route) -> Medium:
    out = io.BytesIO()
    Image.radial_gradient("L").resize((960, 640)).convert("RGB").save(out, "JPEG")
    key = default_storage.save("renditions/pond.jpg", ContentFile(out.getvalue()))
    medium = Medium.add(
        route.city.actor, CONTENT / "thehague" / "media" / "cover.svg", "pond", credit="The archive", licence="CC0-1.0",
        alt=Text.of("en", en="A pond with swans"),
    )  # fmt: skip
    Rendition.objects.create(medium=medium, content_type="image/jpeg", width=960, height=640, bytes=1, key=key)
    for stop in route.stops.all():
        StopMedium.objects.create(stop=stop, medium=medium)
    return medium


def fetch(client: Client, prefix: str = "") -> PdfReader:
    answer = client.get(f"{prefix}{HERE}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(answer.content))


def words(pdf: PdfReader) -> str:
    return "".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_a_booklet_has_its_cover_its_list_and_a_page_a_stop(public: Route, stranger: Client) -> None:
    pdf = fetch(stranger)
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert len(pages) == 7  # cover, what it is with its list, sketch, three stops, whose it is
    assert "Naar zee" in pages[0] and "To the sea" in pages[0] and "http://localhost:8000/@thehague/" in pages[0]
    assert "From the pond to the waves." in pages[1]
    assert "Hofvijver Court Pond 4" in pages[1]
    assert "The counts had their court here." in pages[3]
    for told in ("Look up.", "Lange Vijverberg 1", "Always open", "20 min", "Level.", "The archive, CC0-1.0"):
        assert told in pages[3]
    assert pages[3].startswith("1 Hofvijver") and pages[3].endswith("4 The Hague")
    assert pdf.metadata and pdf.metadata.title == "To the sea"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_is_set_in_letters_that_are_embedded(public: Route, stranger: Client, code: str) -> None:
    pdf = fetch(stranger, "" if code == "en" else f"/{code}")
    story = STORY[code.replace("zh-hans", "zh_Hans")].replace("*", "")
    found = words(pdf)
    if code == "ar":  # the reader gives joined letters in another order than they are read in
        assert set(story) - {" "} <= set(found)
    else:
        assert "".join(story.split()) in found
    for font in fonts(pdf):
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "CityPlus" in descriptor["/FontName"] or only_signs(font), descriptor["/FontName"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"].startswith(code[:2])
    assert "/StructTreeRoot" in root  # tagged, for those who have it read out


def only_signs(font: Any) -> bool:
    """Signs such as ≈ are in none of our fonts and come from the press's own."""
    said = re.findall(rb"<[0-9A-Fa-f]{4}> <([0-9A-Fa-f]{4,})>", font["/ToUnicode"].get_data())
    return not any(chr(int(code[:4], 16)).isalnum() for code in said)


def fonts(pdf: PdfReader) -> list[Any]:
    pages: list[Any] = list(pdf.pages)
    found = [font.get_object() for page in pages for font in page["/Resources"].get("/Font", {}).values()]
    assert found
    return found


def test_arabic_letters_are_joined(public: Route, stranger: Client) -> None:
    """One letter has several shapes, by its neighbours: several glyphs stand for nun."""
    maps = b"".join(font["/ToUnicode"].get_data() for font in fonts(fetch(stranger, "/ar")))
    assert len(set(re.findall(rb"<([0-9A-Fa-f]{4})> <0646>", maps))) >= 3


def test_no_letter_is_missing(public: Route, stranger: Client) -> None:
    """A letter that no font has would be a box, glyph 0, which has no words to it."""
    for code in LANGUAGES:
        assert "\ufffd" not in words(fetch(stranger, "" if code == "en" else f"/{code}"))


def test_codes_lead_to_their_stop_in_the_language_of_the_booklet() -> None:
    address = "http://localhost:8000/zh-hans/@thehague/routes/to-the-sea/stops/2/"
    drawing = svg_code(address).replace("<svg", "<svg style='background:#fff'", 1)
    image = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=drawing, zoom=8)))).convert("RGBA")
    page = Image.new("RGBA", (image.width + 80, image.height + 80), "white")
    page.paste(image, (40, 40), image)
    (read,) = zxingcpp.read_barcodes(page.convert("RGB"))
    assert read.text == address


def test_a_booklet_is_set_once_and_again_only_when_it_would_look_otherwise(
    public: Route, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[str] = []

    def counted(*arguments: object) -> bytes:
        runs.append("set")
        return presses.press(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(views, "press", counted)
    first = stranger.get(HERE)
    Entry.objects.create(verb="city.ready", subject="cities.city", subject_id=1)
    second = stranger.get(HERE)
    assert (len(runs), second.content == first.content) == (1, True)
    assert first.headers["Content-Disposition"] == 'attachment; filename="thehague-to-the-sea.pdf"'
    assert stranger.get(HERE, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    Stop.objects.filter(number=2).update(story=Text.of("en", en="Another story."))
    assert "Anotherstory." in words(fetch(stranger))
    assert len(runs) == 2
    assert len(list(folder("booklets", HERE).iterdir())) == 1  # the look it had before is gone


def test_words_are_words_and_never_markup(route: Route, stranger: Client) -> None:
    route.stops.filter(number=1).update(
        story=Text.of("en", en='#read("/etc/passwd") $x^2$ @label \\ "quoted" #pagebreak()')
    )
    Route.objects.update(title=Text.of("en", en='#{import "x"} = *Title*'))
    route.refresh_from_db()
    route.publish(by="test")
    found = words(fetch(stranger))
    assert '#read("/etc/passwd")$x^2$@label"quoted"#pagebreak()' in found.replace("\\", "").replace("“", '"').replace(
        "”", '"'
    )
    assert "root:" not in found


def test_a_long_story_takes_a_second_page_and_a_bare_draft_is_set_too(route: Route, editor: Person) -> None:
    route.stops.filter(number=1).update(story=Text.of("en", en="\n\n".join(["A long story. " * 60] * 4)))
    route.stops.filter(number=2).update(story=Text(), look_for=Text(), access=Text())
    assert len(fetch(sign_in(editor)).pages) == 8
    route.stops.all().delete()
    Route.objects.update(summary=Text(), theme="", difficulty="", minutes=0)
    assert len(fetch(sign_in(editor)).pages) == 3


def test_hidden_routes_have_no_booklet(route: Route, stranger: Client) -> None:
    assert stranger.get(HERE).status_code == 404
    route.publish(by="test")
    assert stranger.get(HERE).status_code == 200
    route.withdraw(by="test")
    assert stranger.get(HERE).status_code == 404


def test_a_press_that_fails_or_is_busy_says_so(
    public: Route, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(any_press, "SECONDS", 0.01)
    answer = stranger.get(HERE)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    monkeypatch.setattr(views, "PATIENCE", 0)
    assert views._press.acquire(blocking=False)
    try:
        assert "Many booklets" in stranger.get(HERE).content.decode()
    finally:
        views._press.release()


def test_the_page_of_a_route_names_its_files(public: Route, stranger: Client) -> None:
    page = stranger.get("/nl/@thehague/routes/to-the-sea/").content.decode()
    for ending in ("pdf", "gpx", "kml", "geojson"):
        assert f'href="/nl/@thehague/routes/to-the-sea/route.{ending}"' in page


def test_the_team_reads_on_its_draft_what_publishing_needs(route: Route, editor: Person, stranger: Client) -> None:
    route.stops.filter(number=2).update(story=Text())
    assert (
        "Stop 2 (Peace Palace) has no story." in sign_in(editor).get("/@thehague/routes/to-the-sea/").content.decode()
    )
