"""An editor who is not to be trusted, and what is left behind by what they send; for attacks on the door the cast of the room
that keeps it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from tests.attack.forms import BOUNDARY, form

from cityplus.cities.models import City
from cityplus.jobs import worker
from cityplus.jobs.models import Job
from cityplus.journal.models import Entry
from cityplus.journal.subscribers import deliver
from cityplus.media.models import Medium
from cityplus.people.models import Person
from cityplus.people.tests.conftest import anna, at_home, bram, postman, with_app

__all__ = ["anna", "at_home", "bram", "postman", "with_app"]

WORDS = {"credit": "An attacker", "licence": "CC0-1.0", "original": "en", "alt[en]": "A picture", "title[en]": "A film"}


@dataclass(frozen=True)
class Said:
    """What the server answered: its status, and its sentence where it refused."""

    status: int
    sentence: str
    medium: Medium | None


Upload = Callable[..., Said]


@pytest.fixture
def upload(thehague: City, editor: Person) -> Upload:
    """Send bytes as an editor of The Hague does; the editor's browser is honest in nothing."""
    client = Client()
    client.force_login(editor)

    def send(data: bytes, filename: str = "picture.jpg", content_type: str = "image/jpeg") -> Said:
        body = form(WORDS, ("file", filename, content_type, data))
        answer = client.post("/@thehague/media/", body, content_type=f"multipart/form-data; boundary={BOUNDARY}")
        told = json.loads(answer.content)
        medium = Medium.objects.get(pk=told["url"].split("/")[-2]) if answer.status_code == 201 else None
        return Said(answer.status_code, told.get("detail", ""), medium)

    return send


@pytest.fixture
def refused(upload: Upload) -> Callable[..., Said]:
    """Send bytes that must be refused: with one sentence, and with nothing left of them."""

    def send(data: bytes, *args: Any, status: int, **kwargs: Any) -> Said:
        said = upload(data, *args, **kwargs)
        assert said.status == status, said
        assert said.sentence.endswith((".", ")", "million", "MB")) or said.sentence[-1].isalnum()
        assert 10 < len(said.sentence) < 400
        assert "\n" not in said.sentence
        assert "Traceback" not in said.sentence
        assert str(Path(default_storage.path(""))) not in said.sentence
        assert nothing_left() == []
        return said

    return send


def nothing_left() -> list[str]:
    """What a refused file left behind."""
    left = [str(path) for path in Path(default_storage.path("")).rglob("*") if path.is_file()]
    return [*left, *map(str, Medium.objects.all()), *map(str, Entry.objects.filter(verb__startswith="medium."))]


def rendered(medium: Medium | None) -> list[bytes]:
    """Every public file of a medium, once the worker has done its work."""
    assert medium
    while deliver() or worker.run_one("test"):
        pass
    assert Job.objects.get().state == "done", Job.objects.get().error
    return [Path(default_storage.path(row.key)).read_bytes() for row in medium.renditions.all()]


@dataclass(frozen=True)
class Cost:
    """What it took to look into a file: seconds, and megabytes at the highest in the program and in its tools."""

    refused: str
    seconds: float
    own: float
    tools: float


def cost_of(path: Path) -> Cost:
    """Look into a file in a program of its own, so that it alone is measured."""
    code = """
import json, resource, sys, time
import django
django.setup()
from pathlib import Path
from cityplus.media.probe import MediumError, probe
before, began, refused = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic(), ""
try:
    probe(Path(sys.argv[1]), by_stranger=True)
except MediumError as error:
    refused = str(error)
own, tools = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([refused, time.monotonic() - began, own - before / 1024, tools]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True, timeout=120
    )
    return Cost(*json.loads(done.stdout))
