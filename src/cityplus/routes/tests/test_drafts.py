"""A file sent to a city's routes becomes a draft; who may not, learns nothing, and no byte of theirs is read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from conftest import sign_in
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cityplus.cities.models import City, Member
from cityplus.jobs.models import Job
from cityplus.jobs.worker import run_one
from cityplus.people.models import Person
from cityplus.routes.models import Delivery, Route

HERE = "/@thehague/routes/"
FILES = Path(__file__).parent / "files"
BAD = b"<gpx><wpt lat='95' lon='4'/></gpx>"


def send(client: Client, body: bytes = b"", path: str = HERE, name: str = "trip.gpx", **fields: str) -> Any:
    body = body or (FILES / "garmin-basecamp.gpx").read_bytes()
    return client.post(path, {"file": SimpleUploadedFile(name, body), **fields})


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_an_owner_or_an_editor_gets_a_draft_and_a_report(thehague: City, visitor: Person, role: str) -> None:
    Member.objects.create(city=thehague, person=visitor, role=role)
    answer = send(sign_in(visitor), language="en", title="My way", mode="cycle")
    assert answer.status_code == 201
    assert answer.headers["Location"] == "/@thehague/routes/my-way/"
    told = answer.json()
    assert (told["state"], told["route"]) == ("drafted", "http://localhost:8000/@thehague/routes/my-way/")
    assert told["report"]["stops"] == 3
    assert told["report"]["unused"] == [{"name": "Home", "reason": "The route of the file does not pass it."}]
    route = Route.objects.get()
    assert (route.state, route.mode, str(route.title), route.origin["file"]) == ("draft", "cycle", "My way", "trip.gpx")
    assert sign_in(visitor).get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "visitor", "translator", "another"])
def test_everybody_else_finds_nothing_there(thehague: City, shenzhen: City, visitor: Person, who: str) -> None:
    if who == "translator":
        Member.objects.create(city=thehague, person=visitor, role="translator")
    if who == "another":
        Member.objects.create(city=shenzhen, person=visitor, role="owner")
    client = Client() if who == "stranger" else sign_in(visitor)
    assert send(client).status_code == 404
    assert send(client, path="/@nowhere/routes/").status_code == 404
    assert not Route.objects.exists()


def test_the_body_of_a_stranger_is_not_read(thehague: City) -> None:
    class Unread(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    body: dict[str, Any] = {"wsgi.input": Unread(), "CONTENT_LENGTH": "99"}
    answer = Client().generic("POST", HERE, content_type="multipart/form-data; boundary=x", **body)
    assert answer.status_code == 404


def test_too_large_a_body_is_refused_before_it_is_read(editor: Person) -> None:
    answer = sign_in(editor).generic(
        "POST", HERE, content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(300 * 2**20)
    )
    assert (answer.status_code, answer.json()["detail"]) == (413, "The file is larger than 256 MB.")


def test_a_form_without_the_token_is_refused(editor: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert send(client).status_code == 403
    client.get("/account/")
    token = client.cookies["csrf"].value
    assert send(client, csrfmiddlewaretoken=token).status_code == 201


def test_a_bad_file_is_a_problem_in_the_readers_words_and_writes_nothing(editor: Person) -> None:
    answer = send(sign_in(editor), BAD)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"].startswith("Line 1: 95.0, 4.0 is no place on Earth.")
    assert not Route.objects.exists()
    assert sign_in(editor).post(HERE).status_code == 400
    assert sign_in(editor).get(HERE).status_code == 405


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file counts as a large one."""
    monkeypatch.setattr("cityplus.routes.views.drafting.AT_ONCE", 10)


@pytest.mark.usefixtures("patience")
def test_a_large_file_is_read_by_the_worker_and_tells_how_far_it_is(editor: Person, visitor: Person) -> None:
    client = sign_in(editor)
    answer = send(client, language="en")
    assert answer.status_code == 202
    address = answer.headers["Location"]
    assert client.get(address).json() == {"state": "waiting", "percent": 0, "rows": 0}
    assert sign_in(visitor).get(address).status_code == Client().get(address).status_code == 404
    delivery = Delivery.objects.get()
    assert default_storage.exists(delivery.key)
    delivery.progress(40, 12_000)
    assert client.get(address).json()["percent"] == 40
    assert run_one("test")
    told = client.get(address).json()
    assert (told["state"], told["percent"], told["report"]["stops"]) == ("drafted", 100, 3)
    assert client.get(told["route"].removeprefix("http://localhost:8000")).status_code == 200
    assert not default_storage.exists(delivery.key)


@pytest.mark.usefixtures("patience")
def test_a_large_bad_file_says_why_and_is_not_tried_again(editor: Person) -> None:
    client = sign_in(editor)
    address = send(client, BAD).headers["Location"]
    assert run_one("test")
    told = client.get(address).json()
    assert (told["state"], told["problem"][:22]) == ("refused", "Line 1: 95.0, 4.0 is n")
    assert Job.objects.get().state == "done"
    assert not Route.objects.exists()
    assert not default_storage.exists(Delivery.objects.get().key)


@pytest.mark.usefixtures("patience")
def test_a_delivery_that_is_read_twice_makes_one_draft(editor: Person) -> None:
    send(sign_in(editor))
    assert run_one("test")
    Job.objects.update(state="waiting")
    assert run_one("test")
    assert Job.objects.get().state == "done"
    assert Route.objects.count() == 1
