"""A file brought into a draft: its stops come after those that are there or in their place, in one save."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import sign_in
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cityplus.cities.models import City, Member
from cityplus.drafts import Edit, mark
from cityplus.drafts.models import Draft, Version
from cityplus.jobs.models import Job
from cityplus.jobs.worker import run_one
from cityplus.journal.models import Entry
from cityplus.people.models import Person
from cityplus.routes.models import Delivery, Route

HERE = "/desk/@thehague/routes/to-the-sea/file/"
FILES = Path(__file__).parents[2] / "routes/tests/files"
BAD = b"<gpx><wpt lat='95' lon='4'/></gpx>"


def send(client: Client, body: bytes = b"", path: str = HERE, **fields: str) -> Any:
    body = body or (FILES / "garmin-basecamp.gpx").read_bytes()
    return client.post(path, {"file": SimpleUploadedFile("trip.gpx", body), "language": "en", **fields})


def gpx(count: int, head: str = "") -> bytes:
    points = "".join(f'<wpt lat="{52 + i / 1000}" lon="4.3"><name>Point {i}</name></wpt>' for i in range(count))
    return f'<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="t">{head}{points}</gpx>'.encode()


def draft_of(route: Route) -> Draft:
    return Draft.on("route", route.pk, route.city.actor)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_stops_of_a_file_come_after_those_that_are_there(editor: Person, route: Route) -> None:
    client = sign_in(editor)
    assert "come after them" in words(client.get(HERE))
    entries = Entry.objects.count()
    answer = send(client)
    assert answer.status_code == 302
    draft = draft_of(route)
    order = draft.document["order"]
    assert order[:3] == ["hofvijver", "vredespaleis", "pier"]
    assert len(order) == 6
    stop = draft.document["stops"][order[4]]
    assert stop["title"]["versions"]["en"]["by"] == "person:thehague-editor"
    assert stop["leg_track"] and stop["lat"] is not None and stop["story"] is not None
    assert draft.revision == 1  # one save
    assert Entry.objects.count() == entries
    assert route.stops.count() == 3  # the public sees what it saw
    report = words(client.get(answer.headers["Location"]))
    assert "3 stops are in the draft" in report
    assert "The route of the file does not pass it." in report


def test_in_the_place_of_all_keeps_them_as_a_version(editor: Person, route: Route) -> None:
    answer = send(sign_in(editor), gpx(2), place="instead", revision="0")
    draft = draft_of(route)
    assert draft.document["order"] == ["point-0", "point-1"] == sorted(draft.document["stops"])
    (version,) = Version.of("route", route.pk)
    assert version.document["order"] == ["hofvijver", "vredespaleis", "pier"]
    assert version.note == "Before the stops of “trip.gpx” took their place"
    draft.restore(version, by="thehague-editor")
    assert len(draft.document["stops"]) == 3
    assert answer.status_code == 302


def test_a_stop_of_the_same_key_keeps_its_row(editor: Person, route: Route) -> None:
    body = gpx(1).replace(b"Point 0", b"Pier") + b""
    send(sign_in(editor), body, place="instead", revision="0")
    assert list(draft_of(route).document["stops"]) == ["pier"]
    send(sign_in(editor), body)
    assert draft_of(route).document["order"] == ["pier", "pier-2"]


def test_what_somebody_wrote_meanwhile_is_not_thrown_away(editor: Person, route: Route) -> None:
    draft_of(route).edit([Edit("minutes", mark(120), 90)], by="thehague-owner")
    answer = send(sign_in(editor), gpx(2), place="instead", revision="0")
    page = words(sign_in(editor).get(answer.headers["Location"]))
    assert "Nothing was brought in" in page and "The draft was changed since you opened the page." in page
    assert len(draft_of(route).document["order"]) == 3


def test_words_about_the_whole_fill_what_is_empty_alone(editor: Person, thehague: City, route: Route) -> None:
    head = "<metadata><desc>Along the sea.</desc><copyright author='Anna'><license>https://creativecommons.org/licenses/by/4.0/</license></copyright></metadata>"
    send(sign_in(editor), gpx(2, head))
    document = draft_of(route).document
    assert document["summary"]["versions"]["nl"]["text"] == "Van de vijver naar de golven."
    assert (document["credit"], document["licence"]) == ("Anna", "CC-BY-4.0")


def test_too_many_stops_are_refused_with_their_number(editor: Person, route: Route) -> None:
    answer = send(sign_in(editor), gpx(58))
    assert "The draft would have 61 stops; a draft has 60 at most." in words(
        sign_in(editor).get(answer.headers["Location"])
    )
    assert draft_of(route).pk is None
    send(sign_in(editor), gpx(57))
    assert len(draft_of(route).document["order"]) == 60


def test_a_bad_file_says_why_and_no_file_asks_for_one(editor: Person, route: Route) -> None:
    client = sign_in(editor)
    page = words(client.get(send(client, BAD).headers["Location"]))
    assert "95.0, 4.0 is no place on Earth" in page
    answer = client.post(HERE, {"language": "en"})
    assert answer.status_code == 400 and "Choose a file first." in words(answer)
    assert draft_of(route).pk is None


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file counts as a large one."""
    monkeypatch.setattr("cityplus.desk.views.file.AT_ONCE", 10)


@pytest.mark.usefixtures("patience")
def test_a_large_file_is_read_by_the_worker_and_its_page_says_how_far_it_is(editor: Person, route: Route) -> None:
    client = sign_in(editor)
    address = send(client).headers["Location"]
    assert "The file is being read" in words(client.get(address))
    delivery = Delivery.objects.get()
    assert default_storage.exists(delivery.key)
    delivery.progress(40, 12_000)
    told = client.get(address, headers={"Accept": "application/json"})
    assert told.json() == {"state": "waiting", "percent": 40, "rows": 12_000}
    assert run_one("test")
    assert client.get(address, headers={"Accept": "application/json"}).json()["state"] == "drafted"
    assert len(draft_of(route).document["order"]) == 6
    assert not default_storage.exists(delivery.key)
    Job.objects.update(state="waiting")
    assert run_one("test")  # done twice
    assert len(draft_of(route).document["order"]) == 6


@pytest.mark.usefixtures("patience")
def test_a_file_of_who_was_removed_meanwhile_is_not_read(editor: Person, route: Route) -> None:
    send(sign_in(editor))
    Member.objects.filter(person=editor).delete()
    assert run_one("test")
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.problem) == ("refused", "Who sent the file does not write for this city any more.")
    assert draft_of(route).pk is None


def test_a_form_without_the_token_and_too_large_a_body_are_refused(editor: Person, route: Route) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert send(client).status_code == 403
    client.get(HERE)
    assert send(client, csrfmiddlewaretoken=client.cookies["csrf"].value).status_code == 302
    large = client.generic(
        "POST", HERE, content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(300 * 2**20)
    )
    assert large.status_code == 413


def test_strangers_other_roles_and_other_cities_are_kept_out(
    editor: Person, visitor: Person, route: Route, shenzhen: City
) -> None:
    address = send(sign_in(editor)).headers["Location"]
    for path in (HERE, address):
        assert Client().get(path).status_code == sign_in(visitor).get(path).status_code == 404
    assert send(Client()).status_code == send(sign_in(visitor)).status_code == 404
    Member.objects.create(city=route.city, person=visitor, role="translator")
    assert sign_in(visitor).get(address).status_code == send(sign_in(visitor)).status_code == 403
    assert sign_in(editor).get("/desk/@thehague/profile/file/").status_code == 404
    assert sign_in(editor).get("/desk/@thehague/routes/nowhere/file/").status_code == 404
    assert sign_in(editor).get(f"{HERE}999999/").status_code == 404
