"""A24: pictures that are small on the line and huge once they are opened."""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image
from tests.attack.conftest import Said, Upload, cost_of, rendered
from tests.attack.files import chunk, full_png, moving, picture, png

Refused = Callable[..., Said]
QUICK, FEW = 10, 200
"""Seconds and megabytes, several times what it takes on an idle machine: what is forbidden would take minutes and gigabytes."""


def test_a24_fifty_thousand_pixels_by_fifty_thousand(refused: Refused, tmp_path: Path) -> None:
    bomb = full_png(50_000)
    assert len(bomb) < 1_000_000
    said = refused(bomb, "x.png", status=422)
    assert "too many pixels (50000 × 50000); at most 100 million" in said.sentence
    (tmp_path / "x.png").write_bytes(bomb)
    cost = cost_of(tmp_path / "x.png")
    assert "too many pixels" in cost.refused
    assert (cost.seconds < QUICK, cost.own < 20, cost.tools < FEW) == (True, True, True), cost


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "HEIF"])
def test_a24_the_same_in_other_formats(refused: Refused, tmp_path: Path, kind: str) -> None:
    bomb = promising(kind)
    refused(bomb, "x", status=422)
    (tmp_path / "x").write_bytes(bomb)
    cost = cost_of(tmp_path / "x")
    assert (cost.seconds < QUICK, cost.own < 20, cost.tools < FEW) == (True, True, True), cost


def promising(kind: str) -> bytes:
    """A picture whose head promises far more than it has."""
    if kind == "JPEG":
        data = bytearray(picture("JPEG", (16, 16)))
        frame = data.index(b"\xff\xc0")
        data[frame + 5 : frame + 9] = struct.pack(">HH", 65_000, 65_000)
    elif kind == "WEBP":
        data = bytearray(picture("WEBP", (16, 16), lossless=False))
        frame = data.index(b"\x9d\x01\x2a")
        data[frame + 3 : frame + 7] = struct.pack("<HH", 16_383, 16_383)
    else:
        pillow_heif.register_heif_opener()
        data = bytearray(picture("HEIF", (64, 64)))
        size = data.index(b"ispe")
        data[size + 8 : size + 16] = struct.pack(">II", 60_000, 60_000)
    return bytes(data)


def test_a24_a_gif_of_ten_thousand_frames(refused: Refused) -> None:
    refused(moving("GIF", 10_000), "x.gif", status=415)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a24_other_pictures_of_ten_thousand_frames(refused: Refused, tmp_path: Path, kind: str) -> None:
    bomb = moving(kind, 10_000)
    said = refused(bomb, "x", status=422)
    assert "too many frames (10000); at most 300" in said.sentence
    (tmp_path / "x").write_bytes(bomb)
    cost = cost_of(tmp_path / "x")
    assert (cost.seconds < QUICK, cost.tools < FEW) == (True, True), cost


def test_a24_a_picture_that_moves_a_little_is_taken_as_its_first_frame(upload: Upload) -> None:
    assert len(rendered(upload(moving("WEBP", 5)).medium)) == 3


def test_a24_sixteen_bits_a_colour_are_read(upload: Upload) -> None:
    row = b"\0" + struct.pack(">H", 30_000) * 16
    said = upload(png(16, 16, bits=16, colour=0, pixels=row * 16))
    assert said.status == 201
    assert rendered(said.medium)


@pytest.mark.parametrize("kind", [b"iCCP", b"zTXt", b"iTXt"])
def test_a24_words_and_profiles_that_unpack_without_end(upload: Upload, tmp_path: Path, kind: bytes) -> None:
    packed = zlib.compress(bytes(300_000_000), 9)
    start = {b"iCCP": b"x\0\0", b"zTXt": b"x\0\0", b"iTXt": b"x\0\1\0\0\0"}[kind]
    data = png(4, 4, before=chunk(kind, start + packed), pixels=bytes(4 * 13))
    (tmp_path / "x.png").write_bytes(data)
    cost = cost_of(tmp_path / "x.png")
    assert (cost.seconds < QUICK, cost.own < 20, cost.tools < FEW) == (True, True, True), cost
    assert upload(data, "x.png").status in {201, 422}


def test_a24_a_picture_much_higher_than_wide(refused: Refused) -> None:
    refused(png(10, 60_000), "x.png", status=422)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a24_a_picture_that_is_cut_off(refused: Refused, kind: str) -> None:
    pillow_heif.register_heif_opener()
    whole = io.BytesIO()
    Image.frombytes("RGB", (300, 300), os.urandom(270_000)).save(whole, kind)
    for share in (0.3, 0.7, 0.95):
        said = refused(whole.getvalue()[: int(len(whole.getvalue()) * share)], "x", status=422)
        assert "damaged or cut off" in said.sentence
