"""A film of 200 MB in pieces over a real line, broken off three times: the memory of the server meanwhile, and how fast it comes.

Ours: the request as a browser sends it, through the server with its rights and its rows, every piece durable before it is told.
Bare: the same bytes written to the same disk by this process and made durable in the same pieces. Goal: the server grows by at
most 25 MB, whatever the size of the file.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from bench.house import ROOT, environment, served

SIZE, BLOCK = 200_000_000, bytes(1_000_000)
STOPS = (40, 95, 150)
"""Megabytes after which the line breaks."""
PIECE = 8_000_000
DESK = "/desk/@thehague/media/uploads/"
GOAL = 25


class Browser:
    """Somebody of the team, signed in."""

    def __init__(self, address: str, session: str) -> None:
        self.host = urllib.parse.urlsplit(address).netloc
        self.cookies = {"session": session, "csrf": "t" * 32}

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage]:
        line = http.client.HTTPConnection(self.host, timeout=120)
        line.request(method, path, body, self.headers | headers)
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer.status, answer.headers

    @property
    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": cookies, "X-CSRFToken": self.cookies["csrf"], "Tus-Resumable": "1.0.0"}

    def patch(self, path: str, offset: int, size: int) -> socket.socket:
        """A line on which a request has begun that brings bytes."""
        host, _, port = self.host.partition(":")
        line = socket.create_connection((host, int(port)), timeout=120)
        told = self.headers | {
            "Host": self.host, "Upload-Offset": str(offset), "Content-Length": str(size), "Connection": "close",
            "Content-Type": "application/offset+octet-stream",
        }  # fmt: skip
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        line.sendall(f"PATCH {path} HTTP/1.1\r\n{head}\r\n".encode())
        return line


def main() -> None:
    """Print the memory of the server before, at most and by how much it grew, and the megabytes a second of both."""
    with served() as address:
        browser = Browser(address, _session())
        pid = _server(int(browser.host.rpartition(":")[2]))
        browser.ask("GET", "/")
        began, before = time.perf_counter(), _memory(pid)
        samples, lost = _send(browser, pid)
        ours = SIZE / 1e6 / (time.perf_counter() - began)
    bare = _bare()
    print(f"{'':<34}{'MB':>8}")
    print(f"{'server before':<34}{before:>8.1f}")
    print(f"{'server meanwhile, median':<34}{statistics.median(samples):>8.1f}")
    print(
        f"{'server meanwhile, at most':<34}{max(samples):>8.1f}  (grew by {max(samples) - before:.1f}; goal: at most {GOAL})"
    )
    print(f"{'sent again after three breaks':<34}{lost / 1e6:>8.2f}")
    print(f"{'MB a second, ours':<34}{ours:>8.1f}")
    print(f"{'MB a second, bare disk':<34}{bare:>8.1f}  ({bare / ours:.2f} times as fast)")


def _session() -> str:
    """A session of an editor of The Hague, made in a process of its own."""
    code = """
import django
django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from cityplus.cities.models import Member
person = Member.objects.get(city__actor__handle="thehague", role="editor").person
session = SessionStore()
session.update({SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                HASH_SESSION_KEY: person.get_session_auth_hash()})
session.create()
print(session.session_key)
"""
    env = environment(8000, DJANGO_SETTINGS_MODULE="cityplus.config.settings")
    said = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, check=True, capture_output=True, text=True)
    return said.stdout.strip()


def _send(browser: Browser, pid: int) -> tuple[list[float], int]:
    status, headers = browser.ask(
        "POST", DESK, b"", **{"Upload-Length": str(SIZE), "Upload-Metadata": "filename ZmlsbS5tcDQ="}
    )
    assert status == 201, status
    path, offset, samples, lost = headers["Location"], 0, [], 0
    for stop in (*(stop * 1_000_000 for stop in STOPS), SIZE):
        line = browser.patch(path, offset, SIZE - offset)
        for start in range(offset, stop, len(BLOCK)):
            line.sendall(BLOCK[: stop - start])
            samples.append(_memory(pid))
        if stop == SIZE:
            assert line.recv(12).endswith(b"204")
        line.close()
        offset = _far(browser, path, stop)
        lost += stop - offset
    browser.ask("DELETE", path)
    return samples, lost


def _far(browser: Browser, path: str, stop: int) -> int:
    """Where the server says it is, once it has noticed that the line is broken."""
    deadline, offset = time.monotonic() + 30, 0
    while time.monotonic() < deadline and offset < stop - 300_000:
        offset = int(browser.ask("HEAD", path)[1]["Upload-Offset"])
    return offset


def _bare() -> float:
    """Megabytes a second that the disk takes in pieces that are made durable one by one."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="cityplus-bench-") as folder:
        for number in range(SIZE // PIECE):
            with Path(folder, str(number)).open("wb") as file:
                for _ in range(PIECE // len(BLOCK)):
                    file.write(BLOCK)
                file.flush()
                os.fsync(file.fileno())
    return SIZE / 1e6 / (time.perf_counter() - began)


def _server(port: int) -> int:
    """The process that answers on this port: the youngest child of the one that listens."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if b"granian" in words and str(port).encode() in words:
                children = (folder / "task" / folder.name / "children").read_text().split()
                if children:
                    return max(map(int, children))
        except OSError:
            continue
    raise LookupError(f"nobody serves on port {port}")


def _memory(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError(pid)
