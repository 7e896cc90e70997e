"""Files as browsers get them: renditions whole or in ranges, and never an original."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.media import store
from cityplus.media.models import Caption
from cityplus.media.tests.conftest import add, photo

FILM = bytes(range(256)) * 1000
KEY = "renditions/0123456789abcdef/480.mp4"


@pytest.fixture
def film_url(thehague: City, tmp_path: Path) -> str:
    """A rendition of a city's cover, which everybody may see."""
    return shown(thehague, tmp_path)


def shown(city: City, tmp_path: Path) -> str:
    (tmp_path / "480.mp4").write_bytes(FILM)
    store.move_in(tmp_path / "480.mp4", KEY)
    cover = add(city.actor, photo(tmp_path / "cover.jpg", (48, 10)))
    City.objects.filter(pk=city.pk).update(cover=cover)
    cover.renditions.create(content_type="video/mp4", key=KEY, bytes=len(FILM))
    return f"/media/{KEY}"


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_a_whole_file(stranger: Client, film_url: str) -> None:
    answer = stranger.get(film_url)
    assert answer.status_code == 200
    assert body(answer) == FILM
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.headers["Content-Length"] == str(len(FILM))
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["ETag"] == '"0123456789abcdef-480.mp4"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, 255_999),
        ("bytes=-500", 255_500, 255_999),
        ("bytes=70000-200000", 70_000, 200_000),
        ("bytes=255999-999999", 255_999, 255_999),
        ("bytes=-999999", 0, 255_999),
    ],
)
def test_a_range(stranger: Client, film_url: str, asked: str, start: int, end: int) -> None:
    answer = stranger.get(film_url, headers={"range": asked})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {start}-{end}/256000"
    assert answer.headers["Content-Length"] == str(end - start + 1)
    assert body(answer) == FILM[start : end + 1]


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=999999-1000000", "bytes=-0"])
def test_a_range_of_which_nothing_exists(stranger: Client, film_url: str, asked: str) -> None:
    answer = stranger.get(film_url, headers={"range": asked})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == "bytes */256000"


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=0-1,5-9", "items=0-5", "bytes=a-b", "bytes 0-5"])
def test_what_is_no_single_range_gets_the_whole(stranger: Client, film_url: str, asked: str) -> None:
    answer = stranger.get(film_url, headers={"range": asked})
    assert answer.status_code == 200
    assert body(answer) == FILM


def test_head_and_other_methods(stranger: Client, film_url: str) -> None:
    head = stranger.head(film_url)
    head.close()  # as a server does
    assert (head.status_code, head.headers["Content-Length"]) == (200, "256000")
    assert stranger.post(film_url).status_code == 405


@pytest.mark.parametrize(
    "key",
    [
        "renditions/0123456789abcdef/720.mp4",  # not there
        "renditions/0123456789abcdef/../0123456789abcdef/480.mp4",
        "renditions/%2e%2e/originals/x.jpg",
        "../tests.sqlite3",
        "..%2f..%2fsecret",
        "/etc/passwd",
        "renditions/0123456789ABCDEF/480.mp4",
        "renditions/0123456789abcdef/480.mp4/",
        "renditions/0123456789abcdef/480.mp4%0a",
        "renditions/0123456789abcdef/480.svg",
        "renditions/0123456789abcdef/",
        ".work/x.jpg",
        "",
    ],
)
def test_no_way_to_any_other_file(stranger: Client, film_url: str, key: str) -> None:
    root = Path(default_storage.path(""))
    (root / "renditions/0123456789abcdef/480.svg").write_text("<svg/>")
    (root.parent / "secret").write_text("secret")
    assert stranger.get(f"/media/{key}").status_code == 404


def test_originals_are_never_served(stranger: Client, keeper: Actor, tmp_path: Path) -> None:
    medium = add(keeper, photo(tmp_path / "sea.jpg", (480, 100)))
    assert default_storage.exists(medium.original)
    assert stranger.get(f"/media/{medium.original}").status_code == 404


def test_captions(stranger: Client, thehague: City, tmp_path: Path) -> None:
    medium = add(thehague.actor, photo(tmp_path / "sea.jpg", (480, 100)))
    City.objects.filter(pk=thehague.pk).update(cover=medium)
    track = Caption.objects.create(medium=medium, language="nl", vtt="WEBVTT\n\n00:00.000 --> 00:01.000\nDe zee é")
    answer = stranger.get(track.url)
    assert answer.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer.content.decode() == track.vtt
    assert stranger.get("/media/captions/999999.vtt").status_code == 404
