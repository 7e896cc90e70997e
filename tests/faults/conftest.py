"""A network in processes of its own, which a test may kill: on a database of its own, of the engine that the tests run on."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

PAGES = ("/", "/cities/", "/routes/", "/ties/", "/about/", "/pulse/counting/", "/nl/about/")


class Killable:
    """``cityplus serve`` with several server processes. It may be started and killed as often as one likes."""

    def __init__(self, env: dict[str, str], port: int, database: str) -> None:
        self.env, self.port, self.database = env, port, database
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        command = [sys.executable, "-m", "cityplus", "serve"]
        self.process = subprocess.Popen(command, env=self.env, start_new_session=True, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), urllib.request.urlopen(self.url("/readyz"), timeout=5):  # noqa: S310
                return
            time.sleep(0.02)
        raise TimeoutError("the server did not answer within a minute")

    def kill(self) -> None:
        """``kill -9`` to all of its processes at once."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """As an operator stops it."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def tokens(self) -> list[str]:
        """What pages carry that a stranger gets."""
        found = []
        for path in PAGES:
            with urllib.request.urlopen(self.url(path), timeout=20) as answer:  # noqa: S310
                match = re.search(r'data-token="([^"]+)"', answer.read().decode())
                assert match, path
                found.append(match[1])
        return found

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows, read past the server."""
        if self.database:
            import psycopg  # noqa: PLC0415

            with psycopg.connect(self.database, autocommit=True) as db:
                return db.execute(sql).fetchall()
        import sqlite3  # noqa: PLC0415

        with contextlib.closing(sqlite3.connect(Path(self.env["CITYPLUS_DATA"]) / "cityplus.sqlite3", 20)) as file:
            return file.execute(sql).fetchall()

    def views(self) -> int:
        """All views of the network, as they are stored."""
        rows = self.ask("SELECT views FROM pulse_total WHERE kind = 'network' AND language = ''")
        return int(rows[0][0]) if rows else 0


@pytest.fixture
def killable(tmp_path: Path) -> Iterator[Killable]:
    """An empty network behind one proxy, in two server processes; not started yet."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("CITYPLUS_", "DJANGO_"))}
    with _port() as port, _database() as database:
        env = plain | {
            "CITYPLUS_DATA": str(tmp_path / "network"),
            "CITYPLUS_PORT": str(port),
            "CITYPLUS_PROXIES": "1",
            "CITYPLUS_WORKERS": "2",
            "CITYPLUS_THREADS": "2",
            **({"CITYPLUS_DATABASE": database} if database else {}),
        }
        subprocess.run([sys.executable, "-m", "cityplus", "migrate"], env=env, check=True, stdout=subprocess.DEVNULL)
        network = Killable(env, port, database)
        try:
            yield network
        finally:
            network.stop()


@contextlib.contextmanager
def _port() -> Iterator[int]:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = int(s.getsockname()[1])
    yield port


@contextlib.contextmanager
def _database() -> Iterator[str]:
    """The address of a new database on the PostgreSQL of the tests; nothing where they run on SQLite."""
    address = os.environ.get("CITYPLUS_DATABASE", "")
    if not address:
        yield ""
        return
    import psycopg  # noqa: PLC0415

    name = f"faults_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as db:
        db.execute(f"CREATE DATABASE {name}")
    try:
        yield urlsplit(address)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(address, autocommit=True) as db:
            db.execute(f"DROP DATABASE {name} WITH (FORCE)")
