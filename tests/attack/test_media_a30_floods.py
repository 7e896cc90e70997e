"""A30: bodies without end, over a real line to a real server: refused early, and its memory stays as it is."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import make_city
from django.conf import settings
from django.test import Client
from tests.attack.conftest import WORDS
from tests.attack.files import picture
from tests.attack.forms import BOUNDARY, form
from tests.processes import memory, served

from cityplus.cities.models import City, Member
from cityplus.languages.text import Text
from cityplus.media.models import Medium
from cityplus.people.models import Person

MUCH = 60
"""Megabytes by which the server may grow; each flood sends several hundred, or would if it could."""
PIECE = bytes(256 * 1024)
FORM = f"multipart/form-data; boundary={BOUNDARY}"


@dataclass
class Server:
    port: int
    pid: int
    cookies: str
    token: str
    data: Path

    def open(self, path: str, headers: dict[str, str], *, cookies: bool = True) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        mine = (
            {"Host": f"localhost:{self.port}", "Cookie": self.cookies, "X-CSRFToken": self.token}
            if cookies
            else {"Host": "localhost"}
        )
        told = "".join(f"{name}: {value}\r\n" for name, value in (mine | headers).items())
        line.sendall(f"POST {path} HTTP/1.1\r\n{told}\r\n".encode())
        return line

    def left(self) -> list[Path]:
        return [path for path in (self.data / "media").rglob("*") if path.is_file()]


@pytest.fixture
def server(transactional_db: None, tmp_path: Path) -> Iterator[Server]:
    city = make_city("thehague", Text.of("nl", nl="Den Haag"))
    person = Person.objects.create_user("editor", password="a long password")
    Member.objects.create(city=city, person=person, role=Member.Role.EDITOR)
    client = Client()
    client.force_login(person)
    token = "t" * 32
    cookies = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}; csrf={token}"
    with served(tmp_path / "network") as (port, pid):
        yield Server(port, pid, cookies, token, tmp_path / "network")


def answer(line: socket.socket) -> tuple[int, bytes]:
    """Status and body; 0 when the server closed the line without a word."""
    said, wanted = b"", 0
    with contextlib.suppress(OSError):
        while (b"\r\n\r\n" not in said or len(said) < wanted) and (piece := line.recv(65536)):
            said += piece
            if length := re.search(rb"(?i)\r\ncontent-length: *(\d+)\r\n", said):
                wanted = said.find(b"\r\n\r\n") + 4 + int(length[1])
    if not said:
        return 0, b""
    head, _, body = said.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


def pour(line: socket.socket, piece: bytes, times: int) -> int:
    """Send until the server will not have more; returns how many pieces went."""
    for sent in range(times):
        try:
            line.sendall(piece)
        except OSError:
            return sent
    return times


MEDIA, FORM_OF_ALL = "/@thehague/media/", "/account/session/"


def test_a30_an_honest_upload_comes_through(server: Server) -> None:
    body = form(WORDS, ("file", "x.jpg", "image/jpeg", picture()))
    with server.open(MEDIA, {"Content-Type": FORM, "Content-Length": str(len(body))}) as line:
        line.sendall(body)
        status, told = answer(line)
    assert status == 201
    assert json.loads(told)["url"].startswith("/@thehague/media/")
    assert Medium.objects.count() == 1


def test_a30_a_body_that_says_it_is_too_large_is_refused_before_it_comes(server: Server) -> None:
    with server.open(MEDIA, {"Content-Type": FORM, "Content-Length": str(10**12)}) as line:
        status, told = answer(line)
    assert status == 413
    assert "at most 2000 MB are taken" in json.loads(told)["detail"]
    assert server.left() == []


def test_a30_a_body_without_an_end_is_refused_before_it_comes(server: Server) -> None:
    before = memory(server.pid)
    with server.open(MEDIA, {"Content-Type": FORM, "Transfer-Encoding": "chunked"}) as line:
        pour(line, f"{len(PIECE):x}\r\n".encode() + PIECE + b"\r\n", 1000)
        assert answer(line)[0] in {411, 0}
    assert memory(server.pid) < before + MUCH
    assert server.left() == []
    with server.open(MEDIA, {"Content-Type": FORM, "Transfer-Encoding": "chunked"}) as line:
        assert answer(line)[0] == 411  # to who waits for it


def test_a30_a_body_that_is_shorter_than_it_says_is_no_file(server: Server) -> None:
    body = form(WORDS, ("file", "x.jpg", "image/jpeg", picture()))
    with server.open(MEDIA, {"Content-Type": FORM, "Content-Length": str(len(body) + 1000)}) as line:
        line.sendall(body)
        line.shutdown(socket.SHUT_WR)
        assert answer(line)[0] in {400, 0}
    assert wait_until_nothing_is_left(server) == []
    assert not Medium.objects.exists()


def test_a30_a_body_that_is_longer_than_it_says_is_cut(server: Server) -> None:
    body = form(WORDS, ("file", "x.jpg", "image/jpeg", picture()))
    with server.open(MEDIA, {"Content-Type": FORM, "Content-Length": str(len(body) // 2)}) as line:
        line.sendall(body)
        assert answer(line)[0] == 400
    assert not Medium.objects.exists()


@pytest.mark.parametrize("path", [MEDIA, FORM_OF_ALL])
def test_a30_a_hundred_thousand_fields(server: Server, path: str) -> None:
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="x"\r\n\r\ny\r\n'.encode()
    flood(server, path, part * 1000, 100)


@pytest.mark.parametrize("path", [MEDIA, FORM_OF_ALL])
def test_a30_a_hundred_thousand_files(server: Server, path: str) -> None:
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\ny\r\n'.encode()
    flood(server, path, part * 1000, 100)


@pytest.mark.parametrize("path", [MEDIA, FORM_OF_ALL])
def test_a30_one_field_without_end(server: Server, path: str) -> None:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="credit"\r\n\r\n'.encode()
    flood(server, path, PIECE, 1000, head)


@pytest.mark.parametrize("path", [MEDIA, FORM_OF_ALL])
def test_a30_one_head_without_end(server: Server, path: str) -> None:
    flood(server, path, b"x" * len(PIECE), 1000, f"--{BOUNDARY}\r\nX-Long: ".encode())


def test_a30_a_form_that_takes_no_file_writes_none(server: Server) -> None:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="username"; filename="x"\r\n\r\n'.encode()
    flood(server, FORM_OF_ALL, PIECE, 2000, head)


def test_a30_a_packed_body_is_not_unpacked(server: Server) -> None:
    import gzip  # noqa: PLC0415

    body = gzip.compress(bytes(300_000_000), 9)
    before = memory(server.pid)
    headers = {"Content-Type": FORM, "Content-Encoding": "gzip", "Content-Length": str(len(body))}
    with server.open(MEDIA, headers) as line:
        line.sendall(body)
        assert answer(line)[0] == 400
    assert memory(server.pid) < before + MUCH


def test_a30_a_stranger_s_flood_is_not_read(server: Server) -> None:
    before = memory(server.pid)
    with server.open(MEDIA, {"Content-Type": FORM, "Content-Length": str(len(PIECE) * 2000)}, cookies=False) as line:
        pour(line, PIECE, 2000)
        assert answer(line)[0] in {404, 0}
    assert memory(server.pid) < before + MUCH
    assert server.left() == []


def flood(server: Server, path: str, piece: bytes, times: int, head: bytes = b"") -> None:
    """Send it all, or as much as the server takes: it says 400 or 413 or hangs up, keeps nothing and stays as small as it was."""
    before, began = memory(server.pid), time.monotonic()
    length = len(head) + len(piece) * times
    with server.open(path, {"Content-Type": FORM, "Content-Length": str(length)}) as line:
        line.sendall(head)
        pour(line, piece, times)
        status, _ = answer(line)
    assert status in {400, 403, 413, 0}, status
    assert memory(server.pid) < before + MUCH
    assert time.monotonic() - began < 60
    assert wait_until_nothing_is_left(server) == []
    assert not Medium.objects.exists()
    assert City.objects.exists()


def wait_until_nothing_is_left(server: Server) -> list[Path]:
    deadline = time.monotonic() + 20
    while server.left() and time.monotonic() < deadline:
        time.sleep(0.05)
    return server.left()
