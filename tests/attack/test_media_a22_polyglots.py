"""A22: files that are two things at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from tests.attack.conftest import Said, Upload, rendered
from tests.attack.files import chunk, film, picture, png

from cityplus.cities.models import City

SCRIPT = b"<html><script>alert(1)</script></html>"
Refused = Callable[..., Said]


def test_a22_a_gif_that_is_a_script_is_not_taken(refused: Refused) -> None:
    said = refused(b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", "x.gif", "image/gif", status=415)
    assert "not a picture in JPEG, PNG, WebP or HEIC" in said.sentence


@pytest.mark.parametrize("kind", ["image/jpeg", "text/html", "video/mp4"])
def test_a22_html_with_the_name_of_a_picture_is_not_taken(refused: Refused, kind: str) -> None:
    refused(SCRIPT, "x.jpg", kind, status=415)


def test_a22_a_pdf_that_is_a_zip_is_not_taken(refused: Refused) -> None:
    refused(b"%PDF-1.7\n" + b"PK\x03\x04" + bytes(100) + b"%%EOF", "x.jpg", status=415)


def test_a22_a_renamed_program_is_not_taken(refused: Refused) -> None:
    for program in (
        Path("/bin/true").read_bytes(),
        b"MZ" + bytes(500),
        b"#!/bin/sh\nid\n",
        b"\xca\xfe\xba\xbe" + bytes(99),
    ):
        refused(program, "holiday.jpg", status=415)


def test_a22_a_film_with_a_head_of_html_is_not_taken(refused: Refused, tmp_path: Path) -> None:
    data = film(tmp_path / "f.mp4").read_bytes()
    refused(SCRIPT + data, "x.mp4", "video/mp4", status=415)
    hidden = (len(SCRIPT) + 8).to_bytes(4, "big") + b"free" + SCRIPT
    refused(hidden + data, "x.mp4", "video/mp4", status=415)


def test_a22_what_is_hidden_in_a_whole_picture_does_not_come_out(upload: Upload) -> None:
    """A picture is one whatever stands behind it or in its margins; what we serve is drawn anew."""
    hidden = SCRIPT + b"PK\x03\x04"
    said = upload(picture(comment=hidden) + hidden)
    assert said.status == 201
    for data in rendered(said.medium):
        assert b"<script" not in data
        assert b"PK\x03\x04" not in data


def test_a22_what_is_hidden_in_the_chunks_of_a_png_does_not_come_out(upload: Upload) -> None:
    said = upload(png(4, 4, before=chunk(b"tEXt", b"Title\0" + SCRIPT), pixels=bytes(4 * 13)) + SCRIPT)
    assert said.status == 201
    assert not [data for data in rendered(said.medium) if b"<script" in data]


def test_a22_what_is_hidden_in_a_whole_film_does_not_come_out(upload: Upload, tmp_path: Path) -> None:
    data = film(tmp_path / "f.mp4", 1, "320x180", 5, "-metadata", f"title={SCRIPT.decode()}").read_bytes()
    said = upload(data + (len(SCRIPT) + 8).to_bytes(4, "big") + b"free" + SCRIPT, "x.mp4")
    assert said.status == 201
    assert not [one for one in rendered(said.medium) if b"<script" in one]


def test_a22_files_are_served_so_that_no_browser_takes_them_for_a_page(upload: Upload, stranger: Client) -> None:
    said = upload(picture())
    rendered(said.medium)
    City.objects.update(cover=said.medium)
    assert said.medium
    for row in said.medium.renditions.all():
        answer = stranger.get(row.url)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == row.content_type
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert stranger.get(f"/media/{said.medium.original}").status_code == 404
