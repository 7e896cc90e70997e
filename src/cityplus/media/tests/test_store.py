"""The two stores, the disk and a bucket: the same in all that anybody gets."""

from __future__ import annotations

import socket
import threading
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest
from botocore.exceptions import ClientError
from conftest import sign_in
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cityplus.cities.models import City
from cityplus.media import store
from cityplus.media.models import Medium
from cityplus.media.reading import Asked, OutOfRange
from cityplus.media.tests.bucket import Bucket
from cityplus.media.tests.conftest import add, keep_in, photo, work
from cityplus.people.models import Person

KEY = "renditions/0123456789abcdef/480.mp4"
DATA = bytes(range(256)) * 1000


@pytest.fixture
def kept(either_store: str, tmp_path: Path) -> str:
    put(tmp_path, DATA)
    return either_store


def put(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "finished"
    path.write_bytes(data)
    assert store.move_in(path, KEY) == KEY
    assert not path.exists()


def read(asked: Asked = None) -> tuple[bytes, int, int, int]:
    reading = store.read(KEY, asked)
    data = b"".join(reading)
    reading.close()
    return data, reading.start, reading.end, reading.size


def test_what_was_put_in_comes_out(kept: str) -> None:
    assert store.has(KEY)
    assert read() == (DATA, 0, 255_999, 256_000)
    assert not store.has("renditions/0123456789abcdef/720.mp4")
    with pytest.raises(FileNotFoundError):
        store.read("renditions/0123456789abcdef/720.mp4")


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [(("0", "0"), 0, 0), (("100", ""), 100, 255_999), (("", "500"), 255_500, 255_999), (("7", "999999"), 7, 255_999)],
)
def test_a_range_comes_out(kept: str, asked: tuple[str, str], start: int, end: int) -> None:
    assert read(asked) == (DATA[start : end + 1], start, end, 256_000)


def test_of_a_range_beyond_the_end_nothing_comes(kept: str) -> None:
    with pytest.raises(OutOfRange) as error:
        store.read(KEY, ("256000", ""))
    assert error.value.size == 256_000


def test_what_is_put_in_again_takes_the_place_in_one_step(kept: str, tmp_path: Path) -> None:
    before = store.read(KEY)
    put(tmp_path, b"other")
    assert read()[0] == b"other"
    assert len(b"".join(before)) == len(DATA)  # who was reading reads on
    before.close()


def test_a_file_can_be_had_as_a_path_for_tools(kept: str) -> None:
    with store.local(KEY) as path:
        assert path.read_bytes() == DATA


def test_the_listing_tells_size_and_time(kept: str) -> None:
    ((key, size, written),) = list(store.shelf().listing("renditions"))
    assert (key, size) == (KEY, 256_000)
    assert abs(timezone.now() - written) < timedelta(minutes=2)
    assert list(store.shelf().listing("originals")) == []


def test_what_is_removed_is_gone_and_may_be_removed_again(kept: str) -> None:
    for _ in range(2):
        store.shelf().remove(KEY)
        assert not store.has(KEY)


def test_a_picture_s_whole_life(either_store: str, thehague: City, stranger: Client, tmp_path: Path) -> None:
    path = photo(tmp_path / "sea.jpg", (480, 100))
    medium = add(thehague.actor, path)
    City.objects.update(cover=medium)
    work()
    assert not (tmp_path / "media" / ".work").is_dir() or not list((tmp_path / "media" / ".work").iterdir())
    with store.local(medium.original) as original:
        assert original.read_bytes() == path.read_bytes()
    for row in medium.renditions.all():
        whole = stranger.get(row.url)
        data = b"".join(whole.streaming_content)  # type: ignore[attr-defined]
        assert (whole.status_code, len(data)) == (200, row.bytes)
        assert whole.headers["Content-Type"] == row.content_type
        assert whole.headers["Content-Length"] == str(row.bytes)
        assert whole.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        part = stranger.get(row.url, headers={"range": "bytes=10-19"})
        assert (part.status_code, part.headers["Content-Range"]) == (206, f"bytes 10-19/{row.bytes}")
        assert b"".join(part.streaming_content) == data[10:20]  # type: ignore[attr-defined]
        assert stranger.get(row.url, headers={"if-none-match": whole.headers["ETag"]}).status_code == 304
        beyond = stranger.get(row.url, headers={"range": "bytes=99999999-"})
        assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{row.bytes}")
        head = stranger.head(row.url)
        assert (head.status_code, head.headers["Content-Length"]) == (200, str(row.bytes))


def test_a_range_of_another_version_gets_the_whole(
    either_store: str, thehague: City, stranger: Client, tmp_path: Path
) -> None:
    medium = add(thehague.actor, photo(tmp_path / "sea.jpg", (480, 100)))
    City.objects.update(cover=medium)
    work()
    row = medium.renditions.all()[0]
    for etag, status in (('"another"', 200), (f'"{medium.sha256[:16]}-{Path(row.key).name}"', 206)):
        answer = stranger.get(row.url, headers={"range": "bytes=0-9", "if-range": etag})
        assert answer.status_code == status
        assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_private_media_are_private_in_both(
    either_store: str, thehague: City, owner: Person, stranger: Client, tmp_path: Path
) -> None:
    medium = add(thehague.actor, photo(tmp_path / "sea.jpg", (480, 100)))
    work()
    url = medium.renditions.all()[0].url
    assert stranger.get(url).status_code == 404
    answer = sign_in(owner).get(url)
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_bucket_is_no_way_round_the_right(in_a_bucket: Bucket, thehague: City, tmp_path: Path) -> None:
    """The store itself gives nothing to who has not our key, and no page has an address of it."""
    medium = add(thehague.actor, photo(tmp_path / "sea.jpg", (480, 100)))
    work()
    key = medium.renditions.all()[0].key
    assert (in_a_bucket.folder / key).is_file()
    host = HTTPConnection(in_a_bucket.address.removeprefix("http://"))
    host.request("GET", f"/media/{key}")
    assert host.getresponse().status in {400, 401, 403}
    host.close()
    assert {row.url[:7] for row in medium.renditions.all()} == {"/media/"}


def test_a_wrong_secret_is_said_and_nothing_is_written(
    in_a_bucket: Bucket, settings: Settings, thehague: City, tmp_path: Path
) -> None:
    keep_in(settings, in_a_bucket, s3_secret_key="wrong")
    with pytest.raises(ClientError, match=r"Forbidden|SignatureDoesNotMatch|403"):
        add(thehague.actor, photo(tmp_path / "sea.jpg", (480, 100)))
    assert not Medium.objects.exists()
    assert list(in_a_bucket.folder.iterdir()) == []


def test_a_store_that_is_down_leaves_no_row(
    in_a_bucket: Bucket, settings: Settings, thehague: City, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # hangs up on everybody
        stop = threading.Event()

        def hang_up() -> None:
            while not stop.is_set():
                silent.settimeout(0.2)
                try:
                    silent.accept()[0].close()
                except TimeoutError:
                    continue

        thread = threading.Thread(target=hang_up)
        thread.start()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        keep_in(settings, in_a_bucket, s3_endpoint=address)
        with pytest.raises(Exception, match=r"[Cc]onnection"):
            add(thehague.actor, photo(tmp_path / "sea.jpg", (480, 100)))
        stop.set()
        thread.join()
    assert not Medium.objects.exists()


def test_a_large_file_goes_to_the_bucket_in_parts_and_comes_back_whole(in_a_bucket: Bucket, tmp_path: Path) -> None:
    data = b"0123456789abcdef" * (20 * 2**20 // 16)
    put(tmp_path, data)
    assert read()[0] == data
    assert read(("19999990", "20000009"))[0] == data[19_999_990:20_000_010]


def test_parts_that_were_never_made_one_are_given_up(in_a_bucket: Bucket) -> None:
    begun = default_storage.bucket.Object("originals/aa/begun").initiate_multipart_upload()  # type: ignore[attr-defined]
    begun.Part(1).upload(Body=bytes(6 * 2**20))
    assert store.shelf().give_up(timezone.now() - timedelta(hours=1)) == 0
    assert store.shelf().give_up(timezone.now() + timedelta(hours=1)) == 1
    assert store.shelf().give_up(timezone.now() + timedelta(hours=1)) == 0
