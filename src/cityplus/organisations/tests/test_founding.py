"""From an idea to a page that everybody sees: founding, writing, asking, taking back, closing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import sign_in
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from PIL import Image

from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.languages.text import Text, Version
from cityplus.organisations.access import Workplace, workplace
from cityplus.organisations.models import Organisation, OrganisationError
from cityplus.organisations.roles import Right
from cityplus.people.models import Person
from cityplus.search.building import rebuild

FOUNDING = {"handle": "delta_lab", "kind": "institute", "city": "thehague", "tongue_0": "nl", "name_0": "Deltalab"}
PAGE: dict[str, Any] = {
    "tongue_0": "nl", "name_0": "Duinwerf", "about_0": "Bouwt boten.", "offers_0": "Boten", "seeks_0": "",
    "tongue_1": "zh-Hans", "name_1": "沙丘船坞", "about_1": "造船。", "offers_1": "", "seeks_1": "木材",
    "kind": "company", "city": "Den Haag", "size": "medium", "website": "duinwerf.example", "speaks_0": "zh-Hans",
}  # fmt: skip


@pytest.mark.usefixtures("thehague")
def test_somebody_founds_one_and_nobody_else_knows(visitor: Person, stranger: Client) -> None:
    browser = sign_in(visitor)
    assert browser.post("/organisations/new/", FOUNDING).headers["Location"] == "/work/@delta_lab/"
    made = Organisation.objects.get()
    assert (made.kind, made.state, str(made.actor.names)) == ("institute", "draft", "Deltalab")
    assert browser.get("/work/@delta_lab/").status_code == 200
    for address in ("/@delta_lab/", "/@delta_lab/posts/", "/@delta_lab/followers/", "/work/@delta_lab/"):
        assert stranger.get(address).status_code == 404, address
    assert "Deltalab" not in stranger.get("/organisations/").content.decode()
    assert stranger.get("/organisations/new/").status_code == 302


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"handle": "thehague"}, "taken for that of a city"),
        ({"handle": "network_office"}, "spoke for the network"),
        ({"handle": "D"}, "small letters"),
        ({"name_0": ""}, "Say what you are called."),
        ({"tongue_0": ""}, "Say in which language this is."),
        ({"name_0": "Den Haag"}, "is the name of a city"),
        ({"city": "Atlantis"}, "No member is called so."),
        ({"kind": "shop"}, "shop"),
    ],
)
def test_what_is_wrong_is_said_where(thehague: City, visitor: Person, change: dict[str, str], words: str) -> None:
    del thehague
    rebuild()
    page = sign_in(visitor).post("/organisations/new/", FOUNDING | change)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Organisation.objects.exists()


@pytest.mark.usefixtures("thehague")
def test_a_further_language_is_a_further_row_and_saves_nothing(visitor: Person) -> None:
    page = sign_in(visitor).post("/organisations/new/", FOUNDING | {"name_0": "", "more": "1"})
    assert page.status_code == 200
    assert 'name="name_1"' in page.content.decode()
    assert 'role="alert"' not in page.content.decode()


def test_the_page_is_written_in_several_languages(at_work: Client, works: Organisation) -> None:
    assert at_work.post("/work/@dune_yard/page/", PAGE).status_code == 302
    works.refresh_from_db()
    assert works.actor.names.languages == ["nl", "zh-Hans"]
    assert works.about.in_language("zh-Hans") == "造船。"
    assert (works.seeks.original, works.size, works.languages) == ("zh-Hans", "medium", ["zh-Hans"])
    assert works.website == "https://duinwerf.example"
    assert list(works.tongues.values_list("tag", flat=True)) == ["zh-Hans"]


@pytest.mark.parametrize(
    "website",
    ["javascript:alert(1)", "https://me:secret@bank.example/", "not a site", f"duinwerf.example/{'x' * 283}"],
    ids=["script", "name", "words", "too long with its https://"],
)
def test_a_website_is_one(at_work: Client, works: Organisation, website: str) -> None:
    page = at_work.post("/work/@dune_yard/page/", PAGE | {"website": website})
    assert page.status_code == 422
    assert "no address of a website" in page.content.decode()
    works.refresh_from_db()
    assert works.website == ""


def test_two_rows_in_one_language_lose_no_words(at_work: Client, works: Organisation) -> None:
    page = at_work.post("/work/@dune_yard/page/", PAGE | {"tongue_1": "nl", "about_1": "Ook dit."})
    assert page.status_code == 422
    assert "There are two rows in one language: Dutch." in page.content.decode()
    works.refresh_from_db()
    assert works.about.in_language("nl") == "Bouwt boten."


def test_signs_that_nobody_sees_are_left_out(at_work: Client, works: Organisation) -> None:
    at_work.post("/work/@dune_yard/page/", PAGE | {"about_0": "Bouwt\x0b boten.\r\nEn \x1bjollen.\x85"})
    works.refresh_from_db()
    assert works.about.in_language("nl") == "Bouwt boten.\nEn jollen."


def test_what_a_machine_made_of_other_words_is_not_kept(at_work: Client, works: Organisation) -> None:
    french = Version("Construit des bateaux.", "machine")
    works.change(by="worker", about=Text("nl", {**works.about.versions, "fr": french}))
    row = {"tongue_2": "fr", "about_2": french.text}
    at_work.post("/work/@dune_yard/page/", PAGE | row)
    works.refresh_from_db()
    assert works.about.versions["fr"] == french, "the original is as it was"
    at_work.post("/work/@dune_yard/page/", PAGE | row | {"about_0": "Bouwt schepen."})
    works.refresh_from_db()
    assert set(works.about.versions) == {"nl", "zh-Hans"}


def test_what_the_city_vouches_for_does_not_change(at_work: Client, verified: Organisation) -> None:
    assert 'name="name_0"' not in at_work.get("/work/@dune_yard/page/").content.decode()
    at_work.post("/work/@dune_yard/page/", PAGE | {"name_0": "Somebody Else", "kind": "university"})
    verified.refresh_from_db()
    assert (str(verified.actor.names), verified.kind, verified.size) == ("Duinwerf", "company", "medium")
    with pytest.raises(OrganisationError, match="vouches for name, kind and city"):
        verified.change(by="boss", kind="university")


def test_branches_are_found_by_words_in_the_language_of_the_reader(at_work: Client, works: Organisation) -> None:
    shown = at_work.get("/work/@dune_yard/activities/?q=software").content.decode()
    assert 'name="add" value="62"' in shown
    assert "Information and communication" in shown
    nl = at_work.get("/nl/work/@dune_yard/activities/?q=software").content.decode()
    assert 'name="add" value="62"' in nl
    assert 'name="add"' not in at_work.get("/work/@dune_yard/activities/?q=xyzzy").content.decode()
    for deed, codes in (
        ({"add": "62"}, ["30", "52", "62"]),
        ({"first": "62"}, ["62", "30", "52"]),
        ({"drop": "30"}, ["62", "52"]),
        ({"add": "04"}, ["62", "52"]),
    ):
        at_work.post("/work/@dune_yard/activities/", deed)
        assert list(works.activities.values_list("code", flat=True)) == codes


def test_there_is_an_end_to_activities(at_work: Client, works: Organisation) -> None:
    works.busy_in(["01", "02", "03", "10", "11", "12", "13", "14"])
    page = at_work.post("/work/@dune_yard/activities/", {"add": "15"}, follow=True)
    assert "These are enough" in page.content.decode()
    assert works.activities.count() == 8


def test_a_logo_has_words_and_is_seen_with_its_page(at_work: Client, works: Organisation, tmp_path: Path) -> None:
    Image.new("RGB", (64, 64), "#884422").save(tmp_path / "logo.png")
    picture = (tmp_path / "logo.png").read_bytes()

    def send(alt: str) -> str:
        sent = {"alt": alt, "file": SimpleUploadedFile("logo.png", picture, "image/png")}
        return at_work.post("/work/@dune_yard/logo/", sent, follow=True).content.decode()

    assert "Say what one sees in the picture" in send("")
    assert "The logo is being prepared" in send("A boat on a dune")
    works.refresh_from_db()
    assert works.logo and works.logo.alt.in_language("en") == "A boat on a dune"
    at_work.post("/work/@dune_yard/logo/removal/")
    works.refresh_from_db()
    assert works.logo is None


def test_it_asks_when_nothing_is_missing(at_work: Client, works: Organisation) -> None:
    works.busy_in([])
    assert "Choose what it is active in." in at_work.get("/work/@dune_yard/").content.decode()
    at_work.post("/work/@dune_yard/asking/")
    works.refresh_from_db()
    assert works.state == "draft"
    works.busy_in(["30"])
    at_work.post("/work/@dune_yard/asking/")
    works.refresh_from_db()
    assert works.state == "asked"
    at_work.post("/work/@dune_yard/withdrawal/")
    works.refresh_from_db()
    assert works.state == "draft"
    twice = at_work.post("/work/@dune_yard/withdrawal/", follow=True)
    assert "It was decided in the meantime" in twice.content.decode()


def test_asking_no_longer_does_not_take_back_what_the_city_said_meanwhile(at_work: Client, works: Organisation) -> None:
    works.ask(by="boss")
    [seen] = re.findall(r'name="seen" value="([^"]+)"', at_work.get("/work/@dune_yard/").content.decode())
    works.verify(by="thehague-owner")
    page = at_work.post("/work/@dune_yard/withdrawal/", {"seen": seen}, follow=True)
    assert "It was decided in the meantime" in page.content.decode()
    works.refresh_from_db()
    assert works.state == "verified"
    [seen] = re.findall(r'name="seen" value="([^"]+)"', page.content.decode())
    at_work.post("/work/@dune_yard/withdrawal/", {"seen": seen})
    works.refresh_from_db()
    assert works.state == "draft"


def test_one_that_asked_is_closed_in_one_step(at_work: Client, works: Organisation) -> None:
    works.ask(by="boss")
    assert at_work.post("/work/@dune_yard/closing/", {"handle": "@Dune_Yard"}).status_code == 302
    assert Entry.objects.filter(subject="organisations.organisation").order_by("-pk")[0].data["was"] == "asked"
    works.refresh_from_db()
    assert works.state == "closed"


def test_who_works_on_while_it_is_closed_reads_so(works: Organisation, boss: Person) -> None:
    @workplace(Right.WRITE)
    def slow(request: HttpRequest, at: Workplace) -> HttpResponse:
        Organisation.objects.get(pk=at.organisation.pk).close(by="other")
        at.organisation.busy_in(["30"], by=at.by)
        raise AssertionError("it was taken")

    request = RequestFactory().post("/")
    request.user, request.session = boss, SessionStore()
    kept = request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    answer = slow(request, "dune_yard")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/work/@dune_yard/")
    assert [str(one) for one in kept] == ["This organisation is closed; nothing of it changes any more."]


def test_closing_is_asked_for_by_name_and_is_for_good(
    at_work: Client, verified: Organisation, stranger: Client
) -> None:
    assert stranger.get("/@dune_yard/").status_code == 200
    assert at_work.post("/work/@dune_yard/closing/", {"handle": "dune"}).status_code == 422
    assert at_work.post("/work/@dune_yard/closing/", {"handle": "dune_yard"}).status_code == 302
    assert stranger.get("/@dune_yard/").status_code == 404
    verified.refresh_from_db()
    assert verified.state == "closed"
    with pytest.raises(OrganisationError, match="closed"):
        verified.change(by="boss", website="")
