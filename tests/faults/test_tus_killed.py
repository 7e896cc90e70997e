"""Files in pieces over a real line: the memory of the server stays as it is, a broken line costs little, and so does kill -9."""

from __future__ import annotations

import base64
import contextlib
import os
import re
import signal
import socket
import time
from pathlib import Path

from tests.attack.files import picture
from tests.attack.test_media_a30_floods import Server, server
from tests.faults.test_upload_killed import use_the_store_of
from tests.processes import memory

from cityplus.media.models import Medium, Piece, Upload
from cityplus.media.receiving import PIECE

__all__ = ["server"]  # the fixture
HERE = "/desk/@thehague/media/uploads/"
GROWS = 25
"""Megabytes by which the server may grow while more than twice as many come."""
MEGA = 1_000_000


class Line:
    """One request over a line of its own."""

    def __init__(self, server: Server, method: str, path: str, **headers: str | int) -> None:
        told = {
            "Host": f"localhost:{server.port}", "Cookie": server.cookies, "X-CSRFToken": server.token,
            "Tus-Resumable": "1.0.0", "Connection": "close",
        } | {name.replace("_", "-"): str(value) for name, value in headers.items()}  # fmt: skip
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=60)
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        self.socket.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode())

    def answer(self) -> tuple[int, dict[str, str]]:
        said = b""
        with contextlib.suppress(OSError):
            while b"\r\n\r\n" not in said and (piece := self.socket.recv(65536)):
                said += piece
        self.socket.close()
        lines = said.split(b"\r\n\r\n")[0].decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        return int(lines[0].split()[1]) if said else 0, {name.lower(): value for name, value in headers.items()}


def begin(server: Server, size: int) -> str:
    name = base64.b64encode(b"film.mp4").decode()
    status, headers = Line(server, "POST", HERE, Upload_Length=size, Upload_Metadata=f"filename {name}").answer()
    assert status == 201
    return headers["location"]


def send(server: Server, path: str, offset: int, size: int) -> Line:
    """The head of a request that brings bytes."""
    return Line(
        server, "PATCH", path, Upload_Offset=offset, Content_Length=size, Content_Type="application/offset+octet-stream"
    )  # fmt: skip


def far(server: Server, path: str) -> int:
    status, headers = Line(server, "HEAD", path).answer()
    assert status == 200
    return int(headers["upload-offset"])


def settled(server: Server, path: str, least: int) -> int:
    """How far it is once the server has noticed that a line is broken."""
    deadline = time.monotonic() + 30
    while (offset := far(server, path)) < least:
        assert time.monotonic() < deadline, offset
        time.sleep(0.05)
    return offset


def test_a_large_file_comes_in_pieces_with_constant_memory(server: Server) -> None:
    size, block = 60 * MEGA, bytes(MEGA)
    path = begin(server, size)
    before, most, offset = memory(server.pid), 0.0, 0
    for stop in (13, 31, 47):  # megabytes after which the line breaks
        line = send(server, path, offset, size - offset)
        sent = offset
        while sent < stop * MEGA:
            line.socket.sendall(block[: stop * MEGA - sent])
            sent += len(block[: stop * MEGA - sent])
            most = max(most, memory(server.pid))
        line.socket.close()
        offset = settled(server, path, stop * MEGA - 300_000)
        assert stop * MEGA - 300_000 <= offset <= stop * MEGA  # what was on the way is lost, and no more
    line = send(server, path, offset, size - offset)
    for start in range(offset, size, MEGA):
        line.socket.sendall(block[: min(MEGA, size - start)])
        most = max(most, memory(server.pid))
    assert line.answer()[0] == 204
    assert far(server, path) == size
    assert most < before + GROWS
    assert Upload.objects.get().state == "joining"
    assert sum(piece.size for piece in Piece.objects.all()) == size


def test_kill_9_costs_no_more_than_a_piece(server: Server) -> None:
    data = picture() + bytes(2 * PIECE)
    path = begin(server, len(data))
    line = send(server, path, 0, len(data))
    line.socket.sendall(data[: PIECE + MEGA])
    deadline = time.monotonic() + 30
    while not Piece.objects.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.kill(server.pid, signal.SIGKILL)
    assert line.answer()[0] == 0  # nobody said yes
    deadline = time.monotonic() + 60
    while True:  # the server is coming back
        with contextlib.suppress(OSError, AssertionError):
            offset = far(server, path)
            break
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert offset == PIECE
    line = send(server, path, offset, len(data) - offset)
    line.socket.sendall(data[offset:])
    assert line.answer()[0] == 204
    use_the_store_of(server.data)
    from cityplus.media import joining, sweeping  # noqa: PLC0415 - they look into the server's store from here

    joining.join(re.split("/", path)[-2])
    row = Upload.objects.get()
    assert (row.state, Medium.objects.count()) in (("done", 1), ("refused", 0))
    assert row.offset == len(data)
    assert sweeping.sweep(grace_hours=0).files == 0
    assert not [path for path in Path(server.data, "media/uploads").rglob("*") if path.is_file()]
