"""Renditions of films and sounds, and ffmpeg as the child that makes them."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from cityplus import jobs
from cityplus.actors.models import Actor
from cityplus.jobs.models import Job
from cityplus.media import ffmpeg, rendering
from cityplus.media.bounds import Bounds
from cityplus.media.cage import Limits
from cityplus.media.models import Medium
from cityplus.media.tests.conftest import add, ffmpeg_says, make, photo, work


@pytest.fixture
def rendered(keeper: Actor, film: Path) -> Medium:
    medium = add(keeper, film)
    work()
    assert Job.objects.get().state == "done", Job.objects.get().error
    medium.refresh_from_db()
    return medium


def boxes(path: Path) -> list[bytes]:
    """The top-level boxes of an MP4 in their order."""
    data, at, found = path.read_bytes(), 0, []
    while at + 8 <= len(data):
        found.append(data[at + 4 : at + 8])
        at += int.from_bytes(data[at : at + 4], "big")
    return found


def test_a_film_in_two_heights_with_its_poster(rendered: Medium) -> None:
    rows = list(rendered.renditions.values_list("content_type", "width", "height"))
    assert sorted(rows) == [("image/jpeg", 960, 540), ("video/mp4", 853, 480), ("video/mp4", 1280, 720)]
    for row in rendered.renditions.filter(content_type="video/mp4"):
        says = ffmpeg_says(Path(default_storage.path(row.key)))
        assert re.search(rf"Video: h264.*yuv420p.*x{row.height}\b", says)
        assert "Audio: aac" in says
    assert rendered.colour.startswith("#")
    assert rendered.first_paint.startswith("data:image/webp")


@pytest.mark.parametrize("pattern", ["testsrc2", "mandelbrot"])
def test_a_poster_is_small_whatever_the_film_shows(keeper: Actor, tmp_path: Path, pattern: str) -> None:
    noise = ",noise=alls=80:allf=t"
    source = f"{pattern}=size=1920x1080:rate=5{noise}"
    busy = make(
        tmp_path / "busy.mp4", "-f", "lavfi", "-i", source, "-t", "0.6", "-c:v", "libx264", "-preset", "ultrafast"
    )
    medium = add(keeper, busy)
    work()
    row = medium.renditions.get(content_type="image/jpeg")
    assert (row.width, row.height) == (960, 540)
    assert row.bytes <= 60_000
    assert row.key.endswith("/poster-960.jpg")
    with Image.open(default_storage.path(row.key)) as image:
        assert image.size == (960, 540)


def test_a_film_can_start_before_it_is_loaded_whole(rendered: Medium) -> None:
    for row in rendered.renditions.filter(content_type="video/mp4"):
        order = boxes(Path(default_storage.path(row.key)))
        assert order.index(b"moov") < order.index(b"mdat")


def test_what_the_film_s_file_knew_is_gone(rendered: Medium, film: Path) -> None:
    assert "Secret" in ffmpeg_says(film)
    for row in rendered.renditions.all():
        data = Path(default_storage.path(row.key)).read_bytes()
        assert b"Secret" not in data
        assert b"+52.0767" not in data


def test_the_best_film_is_the_nearest_in_height(rendered: Medium) -> None:
    small, large = rendered.best("video/mp4", 500), rendered.best("video/mp4", 2000)
    assert small
    assert large
    assert (small.height, large.height) == (480, 720)


def test_a_small_film_keeps_its_own_even_height(keeper: Actor, film: Path, tmp_path: Path) -> None:
    small = make(tmp_path / "small.webm", "-i", str(film), "-t", "0.3", "-vf", "scale=161:91", "-c:v", "vp9", "-an")
    medium = add(keeper, small)
    work()
    assert medium.content_type == "video/webm"
    row = medium.renditions.get(content_type="video/mp4")
    assert row.height == 90


def test_a_film_whose_pictures_end_early_has_a_poster(keeper: Actor, film: Path, tone: Path, tmp_path: Path) -> None:
    short = make(
        tmp_path / "short.mp4",
        *("-t", "0.1", "-i", str(film), "-i", str(tone), "-map", "0:v", "-map", "1:a", "-c:v", "copy"),
    )
    medium = add(keeper, short)
    assert medium.seconds > 2
    work()
    assert medium.best("image/jpeg", 720)
    assert Job.objects.get().state == "done"


@pytest.mark.parametrize("kind", ["tone", "guide"])
def test_a_sound_in_two_formats(keeper: Actor, kind: str, request: pytest.FixtureRequest) -> None:
    medium = add(keeper, request.getfixturevalue(kind))
    work()
    rows = {row.content_type: row for row in medium.renditions.all()}
    assert sorted(rows) == ["audio/mp4", "audio/ogg"]
    assert "Audio: opus" in ffmpeg_says(Path(default_storage.path(rows["audio/ogg"].key)))
    assert "Audio: aac" in ffmpeg_says(Path(default_storage.path(rows["audio/mp4"].key)))
    for row in rows.values():
        look = ffmpeg.look(Path(default_storage.path(row.key)))
        assert look.seconds == pytest.approx(medium.seconds, abs=0.2)


def test_the_job_of_a_film_tells_how_far_it_is(keeper: Actor, film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(jobs, "report", told.append)
    rendering.render(add(keeper, film).pk)
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 100
    assert told[-1] > 90


HEAD = b"\0\0\0\x20ftypisom" + b"\0" * 100
"""What tells that a film may follow."""


def film_of_nothing(path: Path) -> Path:
    path.write_bytes(HEAD)
    return path


def script(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_ffmpeg_s_last_word_is_the_reason(tmp_path: Path) -> None:
    with pytest.raises(ffmpeg.FfmpegError, match=r"Invalid data|moov atom"):
        ffmpeg.run(film_of_nothing(tmp_path / "bad.mp4"), (), tmp_path / "out.mp4")
    assert not (tmp_path / "out.mp4").exists()


def test_a_failure_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.mp4"
    fake = script(tmp_path / "ffmpeg", f"echo half > {target}; echo 'the tape is torn' >&2; exit 1")
    monkeypatch.setattr(ffmpeg, "executable", lambda: fake)
    with pytest.raises(ffmpeg.FfmpegError, match=r"^the tape is torn$"):
        ffmpeg.run(film_of_nothing(tmp_path / "in.mp4"), (), target)
    assert not target.exists()


def test_a_run_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Bounds, "for_work", Limits(10**9, 10**6, seconds=0.2, processor=5))
    fake = script(tmp_path / "ffmpeg", "echo frame=1; exec sleep 60")
    monkeypatch.setattr(ffmpeg, "executable", lambda: fake)
    with pytest.raises(ffmpeg.FfmpegError, match=r"more than 0\.2 seconds"):
        ffmpeg.run(film_of_nothing(tmp_path / "in.mp4"), (), tmp_path / "out.mp4")


def test_a_run_that_complains_without_end_does_not_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []
    many = "i=0; while [ $i -lt 4000 ]; do echo 'corrupt frame, again and again and again' >&2; i=$((i+1)); done"
    fake = script(tmp_path / "ffmpeg", f"{many}; echo out_time_us=1500000; touch {tmp_path}/out.mp4")
    monkeypatch.setattr(ffmpeg, "executable", lambda: fake)
    ffmpeg.run(film_of_nothing(tmp_path / "in.mp4"), (), tmp_path / "out.mp4", told.append)
    assert told == [1.5]


def test_the_version_is_read(tmp_path: Path) -> None:
    for says, version in (
        ("ffmpeg version 8.1.3 Copyright", (8, 1, 3)),
        ("ffmpeg version n9.0-7-gabc", (9, 0)),
        ("ffmpeg version N-1234-gabc", (0,)),
        ("nothing", (0,)),
    ):
        assert ffmpeg.version(script(tmp_path / "ffmpeg", f"echo '{says}'")) == version
    assert ffmpeg.version(str(tmp_path / "none")) == (0,)
    assert ffmpeg.version(ffmpeg.executable()) >= ffmpeg.FLOOR


def test_a_picture_is_no_film(keeper: Actor, tmp_path: Path) -> None:
    assert add(keeper, photo(tmp_path / "sea.webp", (480, 100))).kind == "picture"
