"""Who is taken out of a team loses all of it at once: pages, files, uploads, drafts, and the open stream."""

from __future__ import annotations

import contextlib
import http.client
import threading
import time
from pathlib import Path

import pytest
from conftest import sign_in
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.test import Client
from tests.processes import served

from cityplus import journal
from cityplus.cities.models import City, Member
from cityplus.languages.text import Text
from cityplus.media import store
from cityplus.media.models import Medium
from cityplus.media.tests.conftest import add, drawing, photo
from cityplus.people.models import Person
from cityplus.routes.models import Route


def _upload(client: Client, tmp_path: Path) -> int:
    path = photo(tmp_path / "own.png")
    words = {"credit": "The city", "licence": "CC-BY-4.0", "original": "nl", "alt[nl]": "De zee.", "title[nl]": "Zee"}
    file = SimpleUploadedFile("own.png", path.read_bytes(), "image/png")
    return client.post("/@thehague/media/", {**words, "file": file}).status_code


def _statuses(client: Client, medium: Medium, route: Route) -> list[int]:
    addresses = ["/desk/@thehague/", "/desk/@thehague/team/", medium.get_absolute_url(), route.get_absolute_url()]
    return [client.get(address).status_code for address in addresses]


def test_the_next_request_finds_nothing(
    thehague: City, owner: Person, editor: Person, route: Route, tmp_path: Path
) -> None:
    client = sign_in(editor)
    alt = Text.of("nl", nl="De zee.")
    medium = add(thehague.actor, drawing(tmp_path / "sea.svg"), "media/sea.svg", alt=alt)
    assert _statuses(client, medium, route) == [200] * 4
    assert _upload(client, tmp_path) == 201
    Member.objects.get(person=editor).remove(by=owner.username)
    assert _statuses(client, medium, route) == [404] * 4
    assert _upload(client, tmp_path) == 404
    assert client.get("/account/").status_code == 200, "the account is still theirs"
    assert "/desk/" not in client.get("/").content.decode()


def test_a_right_that_ends_while_a_file_comes_adds_nothing(
    thehague: City, owner: Person, editor: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cityplus.media import multipart  # noqa: PLC0415 - its door is where the file has come in

    receive = multipart.receive

    def slow(*args: object) -> object:
        form = receive(*args)  # type: ignore[arg-type]
        Member.objects.get(person=editor).remove(by=owner.username)
        return form

    monkeypatch.setattr(multipart, "receive", slow)
    assert _upload(sign_in(editor), tmp_path) == 404
    assert not Medium.objects.exists()
    assert not list(store.shelf().listing("originals"))


class Line:
    """An open stream, read by a thread: what came, and when it ended."""

    def __init__(self, port: int, client: Client) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={key}"}
        self.connection.request("GET", "/live/desk/thehague/", headers=headers)
        self.answer = self.connection.getresponse()
        self.heard: list[str] = []
        self.news, self.ended = threading.Event(), threading.Event()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with contextlib.suppress(http.client.HTTPException, OSError):  # the server stops with the test
            while line := self.answer.readline():
                if line.startswith(b"data:"):
                    self.heard.append(line.decode().strip())
                    self.news.set()
        self.ended.set()

    def close(self) -> None:
        """Once the server has ended it."""
        assert self.ended.wait(20)
        self.answer.close()
        self.connection.close()


@pytest.mark.django_db(transaction=True)
def test_an_open_stream_of_the_desk_ends_within_five_seconds(
    thehague: City, owner: Person, editor: Person, visitor: Person, route: Route, tmp_path: Path
) -> None:
    browsers = {person.username: sign_in(person) for person in (owner, editor, visitor)}
    connections.close_all()
    with served(tmp_path / "network") as (port, _):
        assert _refused(port, browsers["visitor"])
        hers, his = Line(port, browsers["thehague-owner"]), Line(port, browsers["thehague-editor"])
        assert (hers.answer.status, his.answer.status) == (200, 200)
        _happen(route, his, hers)
        Member.objects.get(person=editor).remove(by=owner.username)
        connections.close_all()
        begun = time.monotonic()
        assert his.ended.wait(10)
        assert time.monotonic() - begun < 5
        assert not hers.ended.is_set()
        assert _refused(port, browsers["thehague-editor"])
        assert all(line in {'data: {"about": "route"}', 'data: {"about": "member"}'} for line in hers.heard)
    hers.close()
    his.close()


def _refused(port: int, client: Client) -> bool:
    line = Line(port, client)
    line.close()
    return line.answer.status == 404


def _happen(route: Route, *lines: Line) -> None:
    """Have something happen until everybody who listens has heard of it: a line hears what comes after it was opened."""
    for _ in range(20):
        with transaction.atomic():
            journal.record("route.changed", route, handle="thehague", by="thehague-owner")
        connections.close_all()
        if all(line.news.wait(1.5) for line in lines):
            return
    raise AssertionError("nobody heard anything")
