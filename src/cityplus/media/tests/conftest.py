"""Real files for the tests of this room, made once a run: by Pillow, by ffmpeg, by espeak-ng."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from cityplus.actors.models import Actor
from cityplus.jobs import worker
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.media import ffmpeg
from cityplus.media.models import Medium

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


def add(owner: Actor, path: Path, name: str = "", **words: Text) -> Medium:
    return Medium.add(owner, path, name or f"media/{path.name}", credit="A test", licence="CC-BY-4.0", by="", **words)


def work() -> None:
    """What the worker does: tell the subscribers, do the jobs, until there is nothing left."""
    while deliver() or worker.run_one("test"):
        pass
