"""A27: films that are small on the line and endless once they are opened."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.attack.conftest import Said, Upload, cost_of, rendered
from tests.attack.files import boxes_changed, film, make

Refused = Callable[..., Said]
QUICK, FEW = 20, 600


def test_a27_more_pixels_than_we_take(refused: Refused, tmp_path: Path) -> None:
    path = make(
        tmp_path / "x.mov", "-f", "lavfi", "-i", "color=red:size=8000x5000:rate=1:duration=1",
        "-c:v", "png", "-pix_fmt", "monob", "-f", "mov",
    )  # fmt: skip
    path = path.rename(tmp_path / "x.mp4")
    cost = cost_of(path)
    assert cost.refused
    assert (cost.seconds < QUICK, cost.tools < FEW) == (True, True), cost
    refused(path.read_bytes(), "x.mp4", status=422)


@pytest.mark.parametrize("streams", [20, 300])
def test_a27_more_streams_than_we_take(refused: Refused, tmp_path: Path, streams: int) -> None:
    tone = make(tmp_path / "t.m4a", "-f", "lavfi", "-i", "sine=duration=0.2", "-c:a", "aac")
    path = make(tmp_path / "x.mp4", "-i", str(tone), *(["-map", "0:a"] * streams), "-c", "copy")
    cost = cost_of(path)
    assert (cost.seconds < QUICK, cost.tools < FEW) == (True, True), cost
    refused(path.read_bytes(), "x.mp4", status=422)


def test_a27_a_thousand_frames_a_second(refused: Refused, tmp_path: Path) -> None:
    data = film(tmp_path / "x.mp4", 1, "64x64", 1000).read_bytes()
    assert "frames a second are too many; at most 240" in refused(data, "x.mp4", status=422).sentence


def test_a27_a_hundred_hours_in_the_head_of_an_mp4_are_not_believed(upload: Upload, tmp_path: Path) -> None:
    data = film(tmp_path / "x.mp4").read_bytes()
    for box in (b"mvhd", b"mdhd", b"tkhd"):
        data = boxes_changed(data, box, 20 if box == b"tkhd" else 16, 360_000 * 1000)
    said = upload(data, "x.mp4")
    assert said.medium is None or said.medium.seconds < 2


def test_a27_a_hundred_hours_in_the_head_of_a_webm(refused: Refused, tmp_path: Path) -> None:
    data = lasting(film(tmp_path / "x.mkv").read_bytes(), 360_000_000.0)
    assert "360000 seconds are too long; at most 3600" in refused(data, "x.mkv", status=422).sentence


def lasting(data: bytes, milliseconds: float) -> bytes:
    """A Matroska file whose head says another length."""
    place = data.index(b"\x44\x89\x88") + 3
    return data[:place] + struct.pack(">d", milliseconds) + data[place + 8 :]


def test_a27_a_film_that_is_longer_than_its_head_says(refused: Refused, tmp_path: Path, settings: Settings) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, media_seconds=3)
    data = lasting(film(tmp_path / "x.mkv", 6).read_bytes(), 1000.0)
    assert "6 seconds are too long; at most 3" in refused(data, "x.mkv", status=422).sentence


def test_a27_times_and_edits_that_make_no_sense_stay_within_bounds(upload: Upload, tmp_path: Path) -> None:
    plain = film(tmp_path / "x.mp4").read_bytes()
    for box, at, value in (
        (b"elst", 8, 2**31),
        (b"elst", 12, 2**31),
        (b"stts", 12, 2**31),
        (b"stsz", 8, 2**31),
        (b"tkhd", 76, 2**31),
    ):
        path = tmp_path / "odd.mp4"
        path.write_bytes(boxes_changed(plain, box, at, value))
        cost = cost_of(path)
        assert (cost.seconds < QUICK, cost.tools < FEW) == (True, True), (box, cost)
        assert upload(path.read_bytes(), "x.mp4").status in {201, 422}


@pytest.mark.parametrize("kind", ["mp4", "mkv", "flac", "wav", "mp3", "ogg", "m4a"])
def test_a27_what_is_cut_off_is_refused(refused: Refused, tmp_path: Path, kind: str) -> None:
    if kind in {"mp4", "mkv"}:
        data = film(tmp_path / f"x.{kind}", 10).read_bytes()
    else:
        data = make(tmp_path / f"x.{kind}", "-f", "lavfi", "-i", "sine=duration=10").read_bytes()
    for share in (0.3, 0.6):
        refused(data[: int(len(data) * share)], f"x.{kind}", status=422)


def test_a27_a_film_in_a_codec_that_no_camera_writes_is_refused(refused: Refused, tmp_path: Path) -> None:
    path = make(
        tmp_path / "x.mkv", "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=5:duration=1", "-c:v", "ffv1"
    )  # fmt: skip
    refused(path.read_bytes(), "x.mkv", status=422)


def test_a27_a_film_in_order_is_taken(upload: Upload, tmp_path: Path) -> None:
    said = upload(film(tmp_path / "x.mp4", 2).read_bytes(), "x.mp4", "video/mp4")
    assert said.status == 201
    assert len(rendered(said.medium)) == 2
