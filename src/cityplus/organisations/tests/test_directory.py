"""The directory: what one filters by, what one searches for, and what never stands in it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cityplus.actors.models import Actor
from cityplus.cities.isic import DIVISIONS
from cityplus.cities.models import City
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.organisations.filters import branches
from cityplus.organisations.models import Organisation
from cityplus.organisations.views import directory
from cityplus.search import find
from cityplus.search.building import rebuild

pytestmark = pytest.mark.django_db


def made(city: City, handle: str, kind: str, codes: list[str], **facts: object) -> Organisation:
    one = Organisation.found(handle, Text.of("en", en=handle.title()), city, kind, None, **facts)
    one.busy_in(codes)
    one.ask(by="test")
    one.verify(by="test")
    return one


@pytest.fixture
def some(thehague: City, shenzhen: City) -> None:
    made(thehague, "harbour", "company", ["52", "50"], size="large", languages=["nl", "en"])
    made(thehague, "clinic", "institute", ["Q"], size="small", languages=["nl"])
    made(shenzhen, "bayport", "company", ["50"], languages=["zh-Hans", "en"], about=Text.of("en", en="Slow boats"))
    Organisation.found("secret", Text.of("en", en="Secret"), thehague, "company", None, languages=["nl"])
    deliver()


def shown(stranger: Client, query: str) -> list[str]:
    page = stranger.get(f"/organisations/{query}").content.decode()
    return re.findall(r'<h3><a href="/@(\w+)/">', page)


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    ("query", "handles"),
    [
        ("", ["bayport", "clinic", "harbour"]),
        ("?city=thehague", ["clinic", "harbour"]),
        ("?branch=H", ["bayport", "harbour"]),
        ("?branch=52", ["harbour"]),
        ("?branch=Q", ["clinic"]),
        ("?kind=institute", ["clinic"]),
        ("?size=large", ["harbour"]),
        ("?language=zh-Hans", ["bayport"]),
        ("?q=boats", ["bayport"]),
        ("?q=harbour&city=shenzhen", []),
        ("?q=secret", []),
        ("?branch=nonsense&kind=%00", []),
    ],
)
def test_filters_narrow_together(stranger: Client, query: str, handles: list[str]) -> None:
    assert shown(stranger, query) == handles


@pytest.mark.usefixtures("some")
def test_one_can_choose_only_what_some_organisation_has(stranger: Client) -> None:
    page = stranger.get("/organisations/?branch=52").content.decode()
    assert '<option value="52" selected>' in page
    assert '<option value="50">' in page
    assert '<option value="62">' not in page
    assert "noindex" in page


@pytest.mark.usefixtures("some")
def test_a_page_at_a_time(stranger: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "SIZE", 1)
    seen, query = list[str](), ""
    for _ in range(3):
        page = stranger.get(f"/organisations/{query}").content.decode()
        seen += re.findall(r'<h3><a href="/@(\w+)/">', page)
        on = re.search(r'rel="next" href="([^"]+)"', page)
        query = on[1] if on else ""
    assert seen == ["bayport", "clinic", "harbour"]
    assert not query


def test_more_of_them_take_no_more_questions(stranger: Client, thehague: City) -> None:
    def questions(anew: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert stranger.get(f"/organisations/?{anew}").status_code == 200
        return len(asked)

    for number in range(2):
        made(thehague, f"some{number}", "company", ["52"], languages=["nl"])
    few = questions("first")
    for number in range(2, 8):
        made(thehague, f"some{number}", "company", ["52"], languages=["nl"])
    assert questions("second") == few


def test_an_empty_one_says_so(stranger: Client, thehague: City) -> None:
    del thehague
    assert "No city has verified an organisation yet." in stranger.get("/organisations/").content.decode()


def test_branches_are_found_in_any_language_of_the_page() -> None:
    assert branches("food")[0] == "10" or "10" in branches("food")
    assert branches("52") == ["52"]
    assert branches("h") == ["H"]
    assert branches("") == []
    assert "50" in branches("transport ports"), "a division is found by the words of its section"
    with translation.override("zh-hans"):
        assert "62" in branches("software"), "in English too, whatever the language of the page"
        assert branches(str(DIVISIONS["62"]))[0] == "62"


@pytest.mark.usefixtures("some")
def test_words_find_all_that_have_them_however_many(stranger: Client, thehague: City) -> None:
    facts = {"city": thehague, "kind": "company", "state": "verified", "languages": ["nl"]}
    names = [Text.of("en", en=f"Dredger {number}") for number in range(230)]
    actors = [Actor(handle=f"dredger{number}", kind="organisation", names=name) for number, name in enumerate(names)]
    rows = [Organisation(actor=actor, **facts) for actor in Actor.objects.bulk_create(actors)]
    Organisation.objects.bulk_create(rows)
    rebuild()
    assert len(find("dredger", kinds=["organisation"], limit=300).hits) == 200, "search itself ranks no more"
    page = stranger.get("/organisations/?q=dredger").content.decode()
    assert "230" in page
    assert shown(stranger, "?q=dredger&city=shenzhen") == []
    assert "111" in stranger.get("/organisations/?q=dredger+1").content.decode(), (
        "1, 10 to 19, 100 to 199: all that begin so"
    )
    assert shown(stranger, "?q=dregder+107") == ["dredger107"], "typing mistakes are forgiven"
    assert shown(stranger, "?q=bayport&branch=50") == ["bayport"]
    assert shown(stranger, "?q=%21%3F") == []
