"""A29: what a camera, a phone or a recorder wrote beside the picture stays with us."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image
from tests.attack.conftest import Upload, rendered
from tests.attack.files import film, make, picture

NEEDLES = (b"Secret", b"52.0767", b"+52.0", b"Exif", b"GPS", b"http://ns.adobe.com", b"Photoshop")


def exif() -> Image.Exif:
    """A place, a maker, a serial number, and a small picture of the whole one."""
    found = Image.Exif()
    found[0x010F], found[0x0110], found[0x0131] = "Secret maker", "Secret model", "Secret program"
    found[0xA431] = "Secret serial number"
    found.get_ifd(0x8825).update({1: "N", 2: (52.0, 4.0, 36.0), 3: "E", 4: (4.0, 17.0, 55.0)})
    found.get_ifd(0x8769).update({0xA431: "Secret serial number", 0x927C: b"Secret note of the maker"})
    return found


def told_by(data: bytes) -> list[bytes]:
    return [needle for needle in NEEDLES if needle in data]


def photo(kind: str) -> bytes:
    pillow_heif.register_heif_opener()
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>Secret 52.0767</exif:GPSLatitude></x:xmpmeta>'
    return picture(kind, exif=exif(), xmp=xmp)


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "WEBP", "PNG"])
def test_a29_no_place_of_a_picture_comes_out(upload: Upload, kind: str) -> None:
    data = photo(kind)
    assert told_by(data), "the test would find nothing in anything"
    files = rendered(upload(data).medium)
    assert len(files) == 3
    for one in files:
        assert told_by(one) == []
        opened = Image.open(io.BytesIO(one))
        assert not opened.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(opened.info)


def test_a29_no_small_picture_inside_the_picture_comes_out(upload: Upload) -> None:
    """Who cuts a person out of a picture may leave them in the small one that the camera put beside it."""
    data = picture(exif=exif())
    small = picture("JPEG", (64, 64), comment=b"Secret small picture")
    segment = b"\xff\xe1" + (len(small) + 8).to_bytes(2, "big") + b"Thumb\0" + small
    files = rendered(upload(data[:2] + segment + data[2:]).medium)
    assert files
    assert not [one for one in files if b"Secret" in one]


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_a29_no_place_of_a_film_comes_out(upload: Upload, tmp_path: Path, ending: str) -> None:
    words = ("location=+52.0767+004.2986/", "title=Secret", "comment=Secret", "com.apple.quicktime.make=Secret maker")
    chapters = tmp_path / "chapters.txt"
    chapters.write_text(";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=Secret chapter\n")
    plain = film(tmp_path / "plain.mp4")
    path = make(
        tmp_path / f"x.{ending}", "-i", str(plain), "-i", str(chapters), "-map_chapters", "1",
        *(part for word in words for part in ("-metadata", word)), "-metadata:s:v", "handler_name=Secret", "-c", "copy",
    )  # fmt: skip
    data = path.read_bytes()
    assert b"Secret chapter" in data
    files = rendered(upload(data, f"x.{ending}").medium)
    assert len(files) == 2
    for one in files:
        assert told_by(one) == []
        assert not re.search(rb"\xa9xyz|loci", one)


def test_a29_no_words_and_no_cover_of_a_sound_come_out(upload: Upload, tmp_path: Path) -> None:
    cover = tmp_path / "cover.jpg"
    cover.write_bytes(picture(comment=b"Secret cover"))
    path = make(
        tmp_path / "x.mp3", "-f", "lavfi", "-i", "sine=duration=1", "-i", str(cover), "-map", "0", "-map", "1",
        "-c:v", "copy", "-metadata", "artist=Secret", "-disposition:v", "attached_pic",
    )  # fmt: skip
    assert b"Secret" in path.read_bytes()
    files = rendered(upload(path.read_bytes(), "x.mp3").medium)
    assert len(files) == 2
    assert not [one for one in files if told_by(one)]
