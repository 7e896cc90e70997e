"""Real files for the tests of this room, made once a run: by Pillow, by ffmpeg, by espeak-ng."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage, storages
from django.utils.functional import empty
from PIL import Image
from pytest_django import Settings

from cityplus.actors.models import Actor
from cityplus.jobs import worker
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.media import ffmpeg
from cityplus.media.models import Medium
from cityplus.media.tests.bucket import Bucket, s3_server

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 1200"><rect width="800" height="1200" fill="#c00"/></svg>'


def photo(path: Path, size: tuple[int, int] = (1000, 500), **options: object) -> Path:
    """A picture whose left half is red and whose right half is blue, in the format of the path's suffix."""
    image = Image.new("RGB", size, (200, 0, 0))
    image.paste((0, 0, 200), (size[0] // 2, 0, *size))
    image.save(path, **options)  # type: ignore[arg-type]
    return path


def drawing(path: Path, svg: str = SVG) -> Path:
    path.write_text(svg, encoding="utf-8")
    return path


def make(path: Path, *options: str) -> Path:
    subprocess.run([ffmpeg.executable(), "-loglevel", "error", "-y", *options, str(path)], check=True, timeout=60)  # noqa: S603
    return path


def ffmpeg_says(path: Path) -> str:
    """What ffmpeg tells of a file: streams, metadata, length."""
    return subprocess.run([ffmpeg.executable(), "-i", str(path)], capture_output=True, text=True, check=False).stderr  # noqa: S603


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture(scope="session")
def film(shelf: Path) -> Path:
    """A second of moving pictures of 1280 × 720 with a tone and a title that says too much."""
    return make(
        shelf / "film.mp4",
        *("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=5:duration=1"),
        *("-f", "lavfi", "-i", "sine=duration=1"),
        *("-metadata", "title=Secret", "-metadata", "location=+52.0767+004.2986/"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"),
    )


@pytest.fixture(scope="session")
def tone(shelf: Path) -> Path:
    """Three seconds of a tone, as FLAC."""
    return make(shelf / "tone.flac", "-f", "lavfi", "-i", "sine=duration=3")


@pytest.fixture(scope="session")
def guide(shelf: Path) -> Path:
    """A sentence spoken by espeak-ng, as WAV."""
    speaker = shutil.which("espeak-ng")
    if not speaker:
        pytest.fail("espeak-ng is missing: bin/test installs it, or: apt install espeak-ng")
    path = shelf / "guide.wav"
    words = "Welcome to The Hague. Look up at the footbridges."
    subprocess.run([speaker, "-v", "en", "-w", str(path), words], check=True, timeout=60)  # noqa: S603
    return path


@pytest.fixture
def keeper(db: None) -> Actor:
    """Whoever owns the media of a test."""
    return Actor.objects.create(handle="thehague", kind=Actor.Kind.CITY, names=Text.of("nl", nl="Den Haag"))


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    with s3_server(tmp_path_factory.mktemp("s3")) as found:
        yield found


@pytest.fixture
def in_a_bucket(s3: Bucket, settings: Settings, _media_folder: None) -> Iterator[Bucket]:
    """The store of this test is a bucket, empty at its start."""
    for path in s3.folder.iterdir():
        shutil.rmtree(path)
    settings.CITYPLUS = s3.env(settings.CITYPLUS)
    keep_in(settings, s3)
    yield s3
    hang_up()


def keep_in(settings: Settings, s3: Bucket, **other: Any) -> None:
    """From here on the store is this bucket."""
    hang_up()
    settings.STORAGES = {**settings.STORAGES, "default": s3.storage(settings.CITYPLUS, **other)}


def hang_up() -> None:
    """Close the lines to a bucket, and forget the store."""
    if hasattr(default_storage, "bucket"):
        default_storage.connection.meta.client.close()  # type: ignore[attr-defined]
    storages._storages.clear()  # type: ignore[attr-defined]
    default_storage._wrapped = empty  # type: ignore[attr-defined]


@pytest.fixture(params=["disk", "bucket"])
def either_store(request: pytest.FixtureRequest) -> str:
    """The test is of both stores."""
    if request.param == "bucket":
        request.getfixturevalue("in_a_bucket")
    return str(request.param)


def add(owner: Actor, path: Path, name: str = "", **words: Text) -> Medium:
    return Medium.add(
        owner, path, name or f"media/{path.name}", credit="A test", licence="CC-BY-4.0", by="", facts=None, **words
    )


def work() -> None:
    """What the worker does: tell the subscribers, do the jobs, until there is nothing left."""
    while deliver() or worker.run_one("test"):
        pass
