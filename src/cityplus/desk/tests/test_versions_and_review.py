"""Versions beside each other, and a second pair of eyes, as pages of the desk."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City, Member, Rules
from cityplus.desk.editor.compare import words
from cityplus.drafts import Edit, mark
from cityplus.drafts.models import Draft, Version
from cityplus.people.models import Person
from cityplus.routes.models import Route

ROUTE = "/desk/@thehague/routes/to-the-sea"
STORY = "stops/pier/story/nl"


def write(route: Route, value: str, by: str = "thehague-editor", path: str = STORY) -> Draft:
    draft = Draft.on("route", route.pk, route.city.actor)
    draft.edit([Edit(path, mark(draft.does.shape.at(path).value(draft.document)), value)], by=by)
    return draft


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Naar de zee", "Naar het strand", "Naar <del>de zee</del><ins>het strand</ins>"),
        ("码头的故事", "码头的新故事", "码头的<ins>新</ins>故事"),
        ("海へ行く", "海へ帰る", "海へ<del>行く</del><ins>帰る</ins>"),
        (
            "een twee drie vier",
            "een tien drie elf",
            "een <del>twee</del><ins>tien</ins> drie <del>vier</del><ins>elf</ins>",
        ),
        ("", "<b>", "<ins>&lt;b&gt;</ins>"),
        ("إلى البحر", "إلى الشاطئ", "إلى <del>البحر</del><ins>الشاطئ</ins>"),
    ],
)
def test_texts_differ_by_words_and_chinese_by_characters(before: str, after: str, shown: str) -> None:
    assert str(words(before, after)).replace("<span>", "").replace("</span>", "") == shown


def test_long_texts_are_compared_in_bearable_time() -> None:
    assert "<ins>" in words("woord " * 9000, "woord " * 9000 + "\nnieuw")


def test_a_version_is_kept_seen_compared_and_restored(route: Route, editor: Person) -> None:
    client = sign_in(editor)
    write(route, "Het oude verhaal.")
    client.post(f"{ROUTE}/versions/", {"note": "Voor de zomer"})
    write(route, "Het nieuwe verhaal.")
    listed = client.get(f"{ROUTE}/versions/").content.decode()
    assert "Voor de zomer" in listed and "Kept by hand" in listed
    beside = client.get(f"{ROUTE}/versions/1/?with=draft").content.decode()
    assert "<del>oude</del><ins>nieuwe</ins>" in beside and "Stop 3 (Pier): Story" in beside
    assert "<del>oude</del>" not in client.get(f"{ROUTE}/versions/1/?with=public").content.decode()
    client.post(f"{ROUTE}/versions/1/restoration/")
    text = Draft.objects.get().document["stops"]["pier"]["story"]["versions"]["nl"]["text"]
    assert text == "Het oude verhaal."
    assert "nieuwe" in str(Version.objects.get(occasion="restored").document), "what was there is kept"


def test_parts_that_came_and_went_are_told(route: Route, editor: Person) -> None:
    draft = write(route, "Anders.")
    whole = mark(draft.document["stops"]["hofvijver"])
    draft.edit([Edit("stops/hofvijver", whole, None), Edit("stops/strand", "", {"title": {"nl": "Strand"}})], by="jan")
    body = sign_in(editor).get(f"{ROUTE}/review/").content.decode()
    assert "<del>Hofvijver</del>" in body and "<ins>Strand</ins>" in body


@pytest.mark.parametrize(
    "address", ["versions/7/", "versions/1/?with=9", "versions/1/?with=nonsense", "versions/1/?with=99999999999"]
)
def test_what_is_not_there_is_not_found(route: Route, editor: Person, address: str) -> None:
    write(route, "Iets.").keep(by="thehague-editor")
    assert sign_in(editor).get(f"{ROUTE}/{address}").status_code == 404


def test_four_eyes_by_the_pages(thehague: City, route: Route, editor: Person, owner: Person) -> None:
    Rules.of(thehague).set(by="thehague-owner", four_eyes=True)
    writer, reader = sign_in(editor), sign_in(owner)
    write(route, "Een nieuw verhaal.")
    kept_back = writer.post(f"{ROUTE}/publication/")
    assert kept_back.status_code == 409 and "has to approve" in kept_back.content.decode()
    writer.post(f"{ROUTE}/review/", {"note": "Graag kijken."})
    page = reader.get(f"{ROUTE}/review/").content.decode()
    assert "Graag kijken." in page and "<ins>Een nieuw</ins>" in page and 'value="approved"' in page
    assert "Changing it takes that back." in writer.get(f"{ROUTE}/").content.decode()
    assert 'value="approved"' not in writer.get(f"{ROUTE}/review/").content.decode()
    revision = Draft.objects.get().revision
    decide(writer, "approved", revision)
    assert Draft.objects.get().state == "submitted", "who wrote it does not approve it"
    decide(reader, "returned", revision, "")
    assert Draft.objects.get().state == "submitted", "it is not given back without a reason"
    decide(reader, "returned", revision, "Te kort.")
    assert "Te kort." in writer.get(f"{ROUTE}/").content.decode()
    write(route, "Een nieuw en langer verhaal.")
    writer.post(f"{ROUTE}/review/")
    decide(reader, "approved", revision)
    assert Draft.objects.get().state == "submitted", "who approves says which revision they have read"
    decide(reader, "approved", Draft.objects.get().revision)
    assert writer.post(f"{ROUTE}/publication/").status_code == 302
    assert Route.objects.get().state == "published"


def decide(client: Client, verdict: str, revision: int, reason: str = "") -> None:
    said = {"verdict": verdict, "revision": revision, "reason": reason}
    assert client.post(f"{ROUTE}/review/decision/", said).status_code == 302


def test_who_may_not_decide_is_told_so(route: Route, thehague: City) -> None:
    person = Person.objects.create_user("li", password="a long password")
    Member.objects.create(city=thehague, person=person, role=Member.Role.TRANSLATOR)
    client = sign_in(person)
    for address in (
        "review/",
        "review/decision/",
        "publication/",
        "publication/schedule/",
        "publication/withdrawal/",
        "disposal/",
        "versions/",
    ):
        refused = client.post(f"{ROUTE}/{address}")
        assert refused.status_code == 403, address
        assert "In this team you are" in refused.content.decode()
