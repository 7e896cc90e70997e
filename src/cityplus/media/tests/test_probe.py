"""What a file is: told by its content, and refused with a clear sentence where we do not take it."""

from __future__ import annotations

import struct
import tempfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from PIL import Image
from pytest_django import Settings

from cityplus.media import drawings
from cityplus.media.probe import Facts, MediumError, probe
from cityplus.media.tests.conftest import SVG, drawing, ffmpeg_says, make, photo


@pytest.mark.parametrize(("suffix", "kind"), [(".jpg", "image/jpeg"), (".png", "image/png"), (".webp", "image/webp")])
def test_pictures(tmp_path: Path, suffix: str, kind: str) -> None:
    assert probe(photo(tmp_path / f"sea{suffix}")) == Facts("picture", kind, 1000, 500)


def test_the_name_does_not_make_the_picture(tmp_path: Path) -> None:
    photo(tmp_path / "sea.png").rename(tmp_path / "sea.jpg")
    assert probe(tmp_path / "sea.jpg").content_type == "image/png"


@pytest.mark.parametrize(
    "svg",
    [
        SVG,
        SVG.replace("viewBox", 'width="800" height="600" viewBox'),
        SVG.replace("viewBox", 'width="210mm" height="157.5mm" viewBox'),
        SVG.replace("0 0 1600 1200", " 0,0  1600.0 , 1200 "),
        '<?xml version="1.0" encoding="UTF-8"?>\n<!-- the sea -->\n' + SVG,
        SVG.replace("<rect", '<defs><g id="a"/></defs><use href="#a"/><rect'),
    ],
)
def test_drawings(tmp_path: Path, svg: str) -> None:
    assert probe(drawing(tmp_path / "sea.svg", svg)) == Facts("picture", "image/svg+xml", 1600, 1200)


@pytest.mark.parametrize(
    ("svg", "why"),
    [
        (SVG.replace("<rect", "<script>alert(1)</script><rect"), "“<script”"),
        (SVG.replace("<rect", '<image href="https://evil.example/x.png"/><rect'), "“<image”"),
        (SVG.replace("<rect", '<use href="https://evil.example/x.svg#a"/><rect'), "“href="),
        (SVG.replace("<rect", "<use xlink:href='file:///etc/passwd'/><rect"), "“href="),
        (SVG.replace("<rect", "<foreignObject/><rect"), "“<foreignObject”"),
        (SVG.replace("<rect", "<style>*{fill:url(x)}</style><rect"), "“<style”"),
        ('<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG, "“<!DOCTYPE”"),
        ('<?xml-stylesheet href="x.css"?>' + SVG, "“href="),
        (SVG.replace("</svg>", ""), "not a drawing in SVG"),
        ("no drawing at all", "not a drawing in SVG"),
        ('<html xmlns="http://www.w3.org/1999/xhtml" viewBox="0 0 1 1"/>', "its root is no svg element"),
        ('<svg viewBox="0 0 1 1"/>', "its root is no svg element"),
        (SVG.replace("viewBox", "view"), "needs a viewBox"),
        (SVG.replace("0 0 1600 1200", "0 0 nan inf"), "needs a viewBox"),
        (SVG.replace("0 0 1600 1200", "0 0 1600 0"), "needs a viewBox"),
        (SVG.replace("0 0 1600 1200", "0 0 -1600 1200"), "needs a viewBox"),
        (SVG.replace("0 0 1600 1200", "0 0 1 100000"), "at most 4 times as high"),
        (SVG.replace("viewBox", 'width="1" height="100000" viewBox'), "proportions of the viewBox"),
        (SVG.replace("viewBox", 'width="100%" height="9px" viewBox'), "proportions of the viewBox"),
        (SVG.replace("viewBox", 'height="100000" viewBox'), "proportions of the viewBox"),
    ],
)
def test_drawings_that_hold_more_than_shapes(tmp_path: Path, svg: str, why: str) -> None:
    with pytest.raises(MediumError, match=rf"^sea\.svg: .*{why}"):
        probe(drawing(tmp_path / "sea.svg", svg))


def test_a_drawing_in_another_encoding_does_not_slip_through(tmp_path: Path) -> None:
    path = tmp_path / "sea.svg"
    path.write_bytes(('<!DOCTYPE svg [<!ENTITY x "y">]>' + SVG).encode("utf-16"))
    with pytest.raises(MediumError, match="not a drawing in SVG"):
        probe(path)


def test_a_drawing_that_is_too_large(tmp_path: Path) -> None:
    path = drawing(tmp_path / "sea.svg", SVG.replace("</svg>", " " * drawings.MAX_BYTES + "</svg>"))
    with pytest.raises(MediumError, match="at most 2048 KB"):
        probe(path)


@pytest.mark.parametrize("name", ["sea.jpg", "sea.png", "sea.mp4", "sea.flac", "sea.svg", "sea"])
def test_text_does_not_pass_for_a_medium(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("#EXTM3U\nfile:///etc/passwd\n")
    with pytest.raises(MediumError, match=rf"^{name}: not a"):
        probe(tmp_path / name)


@pytest.mark.parametrize("head", [b"fLaC", b"RIFF....WAVE", b"ID3", b"\0\0\0\x20ftypisom", b"OggS", b"\x1aE\xdf\xa3"])
def test_a_head_alone_does_not_make_a_film_or_sound(tmp_path: Path, head: bytes) -> None:
    (tmp_path / "sea.bin").write_bytes(head + b"\0" * 200)
    with pytest.raises(MediumError, match=r"^sea\.bin: neither film nor sound that we can read"):
        probe(tmp_path / "sea.bin")


@pytest.mark.parametrize("suffix", [".gif", ".tiff", ".bmp", ".pdf"])
def test_other_formats_are_not_taken(tmp_path: Path, suffix: str) -> None:
    photo(tmp_path / f"sea{suffix}", (10, 10)).rename(tmp_path / "sea.jpg")
    with pytest.raises(MediumError, match="not a picture in JPEG, PNG, WebP, HEIC or SVG"):
        probe(tmp_path / "sea.jpg")


@pytest.mark.parametrize("there", [True, False])
def test_nothing_is_no_medium(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "sea.jpg").touch()
    with pytest.raises(MediumError, match=r"^sea\.jpg: there is no such file, or it is empty"):
        probe(tmp_path / "sea.jpg")


@pytest.mark.parametrize("side", [10_100, 30_000])
def test_a_head_that_promises_too_many_pixels(tmp_path: Path, side: int) -> None:
    """69 bytes that would unpack to gigabytes: the size is read before a pixel is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    (tmp_path / "bomb.png").write_bytes(bomb)
    with pytest.raises(MediumError, match=r"^bomb\.png: too many pixels.*; at most 100 million"):
        probe(tmp_path / "bomb.png")


def test_as_many_pixels_as_we_take(tmp_path: Path) -> None:
    Image.new("1", (10_000, 10_000)).save(tmp_path / "large.png")
    assert probe(tmp_path / "large.png").width == 10_000


def test_films(film: Path) -> None:
    facts = probe(film)
    assert (facts.kind, facts.content_type, facts.width, facts.height) == ("film", "video/mp4", 1280, 720)
    assert facts.seconds == pytest.approx(1, abs=0.1)


def test_a_film_that_lies_on_its_side_has_the_size_it_is_shown_in(film: Path, tmp_path: Path) -> None:
    turned = make(tmp_path / "phone.mp4", "-display_rotation", "90", "-i", str(film), "-c", "copy")
    assert (probe(turned).width, probe(turned).height) == (720, 1280)


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".flac", "audio/flac"), (".wav", "audio/wav"), (".mp3", "audio/mpeg"), (".m4a", "audio/mp4"), (".opus", "audio/ogg"),
    ],
)  # fmt: skip
def test_sounds(tone: Path, tmp_path: Path, suffix: str, kind: str) -> None:
    facts = probe(make(tmp_path / f"tone{suffix}", "-i", str(tone)))
    assert (facts.kind, facts.content_type, facts.width) == ("sound", kind, 0)
    assert facts.seconds == pytest.approx(3, abs=0.2)


def test_a_spoken_guide(guide: Path) -> None:
    facts = probe(guide)
    assert (facts.kind, facts.content_type) == ("sound", "audio/wav")
    assert facts.seconds > 1


def test_a_sound_with_a_cover_is_a_sound(tone: Path, tmp_path: Path) -> None:
    cover = photo(tmp_path / "cover.jpg", (300, 300))
    song = make(
        tmp_path / "song.mp3",
        *(
            "-i",
            str(tone),
            "-i",
            str(cover),
            "-map",
            "0",
            "-map",
            "1",
            "-c:v",
            "copy",
            "-disposition:v",
            "attached_pic",
        ),
    )
    assert "Video" in ffmpeg_says(song)
    assert probe(song).kind == "sound"


def test_a_sound_that_is_too_long(tone: Path, settings: Settings) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, media_seconds=2)
    with pytest.raises(MediumError, match=r"^tone\.flac: 3 seconds are too long; at most 2"):
        probe(tone)


starts = st.sampled_from(
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"RIFF\x20\0\0\0WEBPVP8 ",
        b'<svg xmlns="http://www.w3.org/2000/svg" ',
    ]
)


@examples(max_examples=60)
@given(starts, st.binary(max_size=120), st.sampled_from([".jpg", ".svg"]))
def test_no_bytes_break_the_probe(start: bytes, rest: bytes, suffix: str) -> None:
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        file.write(start + rest)
        file.flush()
        try:
            assert probe(Path(file.name)).kind
        except MediumError as error:
            assert Path(file.name).name in str(error)
