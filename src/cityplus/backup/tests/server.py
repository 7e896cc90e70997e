"""Whole servers of their own for the tests of backups: a data folder, a database of either engine, and commands run as they are
run by people, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

POSTGRES = os.environ.get("CITYPLUS_DATABASE", "")
ENGINE = "postgresql" if POSTGRES else "sqlite"

READY = "from cityplus.config.cli.ready import django_ready; django_ready()\n"

FILL = "from cityplus.backup.tests.filling import fill; from pathlib import Path; import sys; fill(Path(sys.argv[1]))"

ROWS = """
import json
from django.apps import apps
from django.db import connection
found = {}
def plain(value):
    if isinstance(value, bytes | memoryview):
        return value.hex()
    if isinstance(value, dict | list):  # PostgreSQL keeps the keys of JSON in an order of its own
        return json.dumps(value, sort_keys=True)
    return value.as_json() if hasattr(value, "as_json") else str(value)
for model in apps.get_models(include_auto_created=True):
    if model._meta.label not in {"sessions.Session"}:
        order = "pk"
        found[model._meta.label] = [
            {name: plain(value) for name, value in sorted(row.items())}
            for row in model._default_manager.order_by(order).values()
        ]
with connection.cursor() as cursor:
    cursor.execute("SELECT day, visitor, seen FROM tally")
    found["tally"] = [[day, visitor, bytes(seen).hex()] for day, visitor, seen in cursor.fetchall()]
from django.contrib.sessions.models import Session
found["sessions"] = Session.objects.count()
print(json.dumps(found))
"""


@dataclass
class Server:
    data: Path
    database: str = ""

    @property
    def engine(self) -> str:
        return "postgresql" if self.database else "sqlite"

    @property
    def environ(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("CITYPLUS_", "DJANGO_"))}
        given = {"CITYPLUS_DATABASE": self.database} if self.database else {}
        return (
            ours | given | {"CITYPLUS_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "cityplus.backup.tests.settings"}
        )

    def start(self, *words: str, **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, *words], env=self.environ | more, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True
        )  # fmt: skip

    def run(self, *words: str, **more: str) -> tuple[int, str, str]:
        process = self.start("-m", "cityplus", *words, **more)
        out, err = process.communicate()
        return process.returncode, out, err

    def done(self, *words: str, **more: str) -> str:
        """Run a command that is to succeed; returns what it said."""
        code, out, err = self.run(*words, **more)
        assert code == 0, err
        return out

    def python(self, code: str, *words: str) -> str:
        process = self.start("-c", READY + code, *words)
        out, err = process.communicate()
        assert process.returncode == 0, err
        return out

    def rows(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.python(ROWS))
        return found

    def files(self) -> dict[str, bytes]:
        media = self.data / "media"
        return {
            path.relative_to(media).as_posix(): path.read_bytes()
            for path in media.rglob("*")
            if path.is_file() and ".work" not in path.parts
        }


@contextmanager
def server(data: Path, engine: str) -> Iterator[Server]:
    if engine == "sqlite":
        yield Server(data)
        return
    name = f"backup_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'".encode())
    try:
        yield Server(data, urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}")))
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
