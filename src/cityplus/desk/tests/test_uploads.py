"""Uploads by the protocol tus 1.0.0, of both stores: what a standard client relies on, said by its own words."""

from __future__ import annotations

import base64
import hashlib
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from conftest import sign_in
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cityplus.cities.models import City, Member, Rules
from cityplus.jobs.models import Job
from cityplus.journal.models import Entry
from cityplus.media import joining, keys, quota, receiving, store, sweeping
from cityplus.media.models import Medium, Piece, Upload
from cityplus.media.tests.conftest import either_store, in_a_bucket, photo, s3, work
from cityplus.people.models import Person

__all__ = ["either_store", "in_a_bucket", "s3"]  # fixtures
HERE = "/desk/@thehague/media/uploads/"
BYTES = "application/offset+octet-stream"


class Tus:
    """A client of the protocol."""

    def __init__(self, client: Client, committed: Any = nullcontext) -> None:
        self.client, self.committed = client, committed

    def ask(self, method: str, url: str, headers: dict[str, str], data: bytes = b"", kind: str = "") -> Any:
        """What is done after a commit is done after each request, though the test itself is one transaction."""
        with self.committed():
            return self.client.generic(method, url, data, kind, headers=headers)

    def begin(self, size: int, name: str = "zee bij avond.png", here: str = HERE, **more: str) -> Any:
        said = f"filename {base64.b64encode(name.encode()).decode()}"
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size), "Upload-Metadata": said, **more}
        return self.ask("POST", here, headers)

    def send(self, url: str, offset: int, data: bytes, kind: str = BYTES, **more: str) -> Any:
        headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset), **more}
        return self.ask("PATCH", url, headers, data, kind)

    def far(self, url: str) -> Any:
        return self.ask("HEAD", url, {"Tus-Resumable": "1.0.0"})

    def end(self, url: str) -> Any:
        return self.ask("DELETE", url, {"Tus-Resumable": "1.0.0"})


@pytest.fixture
def tus(editor: Person, django_capture_on_commit_callbacks: Any) -> Tus:
    return Tus(sign_in(editor), partial(django_capture_on_commit_callbacks, execute=True))


@pytest.fixture
def sea(tmp_path: Path) -> bytes:
    return photo(tmp_path / "sea.jpg", (480, 100)).read_bytes()


def begun(tus: Tus, size: int, **more: Any) -> str:
    answer = tus.begin(size, **more)
    assert answer.status_code == 201, answer.content
    return str(answer.headers["Location"])


def test_a_file_comes_in_pieces_and_is_a_medium(either_store: str, tus: Tus, thehague: City, sea: bytes) -> None:
    Rules.of(thehague).set(by="test", credit="Gemeente Den Haag", licence="CC-BY-4.0")
    url = begun(tus, len(sea))
    for start in range(0, len(sea), 600):
        answer = tus.send(url, start, sea[start : start + 600])
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(min(start + 600, len(sea))))
        assert answer.headers["Tus-Resumable"] == "1.0.0"
    medium = Medium.objects.get()
    assert (medium.name, medium.kind, medium.credit, medium.licence) == (
        "media/zee-bij-avond.jpg", "picture", "Gemeente Den Haag", "CC-BY-4.0",
    )  # fmt: skip
    with closing(store.read(medium.original)) as reading:
        assert b"".join(reading) == sea
    assert tus.client.get(url).json() | {"id": ""} == {
        "id": "", "name": "zee bij avond.png", "size": len(sea), "offset": len(sea), "state": "done", "problem": "",
        "medium": medium.pk,
    }  # fmt: skip
    assert not Piece.objects.exists()
    assert list(store.shelf().listing("uploads")) == []
    assert Entry.objects.get(verb="medium.added").by == "thehague-editor"
    work()
    assert Medium.objects.with_renditions().get().ready
    assert Medium.objects.count() == 1


def test_head_says_how_far_it_is(tus: Tus) -> None:
    url = begun(tus, 100)
    tus.send(url, 0, b"x" * 40)
    answer = tus.far(url)
    told = {name: answer.headers[name] for name in ("Upload-Offset", "Upload-Length", "Tus-Resumable")}
    assert answer.status_code == 200
    assert told == {"Upload-Offset": "40", "Upload-Length": "100", "Tus-Resumable": "1.0.0"}
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Upload-Metadata"].startswith("filename ")
    assert answer.headers["Upload-Expires"].endswith("GMT")


def test_options_say_what_there_is(tus: Tus, settings: Settings) -> None:
    for url in (HERE, begun(tus, 100)):
        answer = tus.client.options(url)
        assert answer.status_code == 204
        assert answer.headers["Tus-Version"] == "1.0.0"
        assert set(answer.headers["Tus-Extension"].split(",")) == {
            "creation", "creation-with-upload", "checksum", "termination", "expiration",
        }  # fmt: skip
        assert answer.headers["Tus-Max-Size"] == str(settings.CITYPLUS.media_film_mb * 1_000_000)
        assert "sha1" in answer.headers["Tus-Checksum-Algorithm"]


def test_another_version_of_the_protocol_is_refused(tus: Tus) -> None:
    url = begun(tus, 100)
    for method, address in (("POST", HERE), ("PATCH", url), ("HEAD", url), ("DELETE", url)):
        for headers in ({}, {"Tus-Resumable": "0.2.2"}):
            answer = tus.client.generic(
                method, address, headers={"Upload-Offset": "0", "Upload-Length": "1", **headers}
            )
            assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")
    assert Upload.objects.get().offset == 0


def test_bytes_that_are_not_the_next_ones_change_nothing(either_store: str, tus: Tus) -> None:
    url = begun(tus, 100)
    tus.send(url, 0, b"x" * 40)
    for offset in ("0", "39", "41"):
        assert tus.send(url, int(offset), b"y" * 10).status_code == 409
    assert tus.send(url, 0, b"y", **{"Upload-Offset": "a"}).status_code == 400
    assert tus.far(url).headers["Upload-Offset"] == "40"
    assert [size for _key, size, _at in store.shelf().listing("uploads")] == [40]


def test_a_body_of_another_kind_or_of_too_many_bytes_is_refused(tus: Tus) -> None:
    url = begun(tus, 10)
    assert tus.send(url, 0, b"x", kind="application/octet-stream").status_code == 415
    assert tus.send(url, 0, b"x" * 11).status_code == 413
    assert tus.far(url).headers["Upload-Offset"] == "0"


def test_the_first_bytes_come_with_the_beginning(tus: Tus, sea: bytes) -> None:
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(sea))}
    answer = tus.client.generic("POST", HERE, sea[:1000], BYTES, headers=headers)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "1000")
    assert tus.send(answer.headers["Location"], 1000, sea[1000:]).status_code == 204
    assert Medium.objects.count() == 1


@pytest.mark.parametrize("name", ["sha1", "sha256"])
def test_a_wrong_checksum_throws_the_piece_away(tus: Tus, sea: bytes, name: str) -> None:
    url = begun(tus, len(sea))
    right = base64.b64encode(hashlib.new(name, sea).digest()).decode()
    wrong = base64.b64encode(hashlib.new(name, b"else").digest()).decode()
    answer = tus.send(url, 0, sea, **{"Upload-Checksum": f"{name} {wrong}"})
    assert (answer.status_code, tus.far(url).headers["Upload-Offset"]) == (460, "0")
    assert tus.send(url, 0, sea, **{"Upload-Checksum": "md5 x"}).status_code == 400
    assert tus.send(url, 0, sea, **{"Upload-Checksum": f"{name} {right}"}).status_code == 204


def test_what_is_ended_is_gone(either_store: str, tus: Tus) -> None:
    url = begun(tus, 100)
    tus.send(url, 0, b"x" * 40)
    assert tus.end(url).status_code == 204
    assert tus.far(url).status_code == 404
    assert tus.send(url, 40, b"x").status_code == 404
    assert list(store.shelf().listing("uploads")) == []


def test_what_waits_for_too_long_expires(either_store: str, tus: Tus) -> None:
    url = begun(tus, 100)
    tus.send(url, 0, b"x" * 40)
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for answer in (tus.far(url), tus.send(url, 40, b"x")):
        assert answer.status_code == 410
    with tus.committed():
        assert joining.expire() == 1
    assert tus.far(url).status_code == 410
    assert list(store.shelf().listing("uploads")) == []
    Upload.objects.update(expires_at=timezone.now() - timedelta(days=8))
    joining.expire()
    assert not Upload.objects.exists()


def test_an_upload_is_its_person_s_and_its_city_s_alone(
    tus: Tus, owner: Person, visitor: Person, shenzhen: City, editor: Person, stranger: Client
) -> None:
    url = begun(tus, 100)
    Member.objects.create(city=shenzhen, person=visitor, role=Member.Role.OWNER)
    Member.objects.create(city=shenzhen, person=editor, role=Member.Role.OWNER)
    elsewhere = url.replace("@thehague", "@shenzhen")
    for client, address in (
        (sign_in(owner), url), (sign_in(visitor), url), (stranger, url), (sign_in(visitor), elsewhere), (tus.client, elsewhere),
    ):  # fmt: skip
        other = Tus(client)
        assert other.far(address).status_code == 404
        assert other.send(address, 0, b"x").status_code == 404
        assert other.end(address).status_code == 404
        assert client.get(address).status_code == 404
    assert tus.far(url).headers["Upload-Offset"] == "0"
    assert len(url.split("/")[-2]) == 32


@pytest.mark.parametrize("role", [Member.Role.TRANSLATOR, Member.Role.PRESENTER, Member.Role.ANALYST])
def test_members_without_the_right_are_told_so(thehague: City, visitor: Person, role: str) -> None:
    Member.objects.create(city=thehague, person=visitor, role=role)
    assert Tus(sign_in(visitor)).begin(10).status_code == 403
    assert Tus(Client()).begin(10).status_code == 404
    assert not Upload.objects.exists()


def test_a_removed_member_sends_nothing_more(tus: Tus, thehague: City, editor: Person) -> None:
    url = begun(tus, 100)
    Member.objects.filter(person=editor).delete()
    assert tus.send(url, 0, b"x").status_code == 404


def test_another_site_cannot_have_a_browser_do_it(editor: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    client.cookies["csrf"] = "t" * 32
    tus = Tus(client)
    assert tus.begin(10).status_code == 403
    url = begun(tus, 10, **{"X-CSRFToken": "t" * 32})
    assert tus.send(url, 0, b"x").status_code == 403
    assert tus.send(url, 0, b"x", **{"X-CSRFToken": "t" * 32}).status_code == 204


def test_a_file_that_is_too_large_is_refused_before_a_byte_comes(tus: Tus, settings: Settings) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, media_film_mb=3, media_picture_mb=2)
    answer = tus.begin(3_000_001)
    assert (answer.status_code, "at most 3 MB" in answer.json()["detail"]) == (413, True)
    for size in ("", "-1", "1.5", "9" * 30):
        assert tus.begin(1, **{"Upload-Length": size}).status_code == 400
    assert tus.begin(0).status_code == 400
    assert tus.begin(1, **{"Upload-Metadata": "filename not-base64!"}).status_code == 400
    assert not Upload.objects.exists()


def test_a_city_has_a_quota_of_bytes(tus: Tus, thehague: City, settings: Settings, sea: bytes) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, city_bytes=5_000_000)
    first = begun(tus, 3_000_000)
    answer = tus.begin(3_000_000)
    assert (answer.status_code, "of the city’s 5 MB 2 MB are free" in answer.json()["detail"]) == (413, True)
    assert quota.used(thehague.actor) == 3_000_000
    tus.end(first)
    url = begun(tus, len(sea))
    tus.send(url, 0, sea)
    assert quota.used(thehague.actor) == len(sea)


def test_a_refusal_is_told_in_a_sentence(either_store: str, tus: Tus, thehague: City) -> None:
    url = begun(tus, 3000, name="notes.txt")
    assert tus.send(url, 0, b"words " * 500).status_code == 204
    told = tus.client.get(url).json()
    assert told["state"] == "refused"
    assert told["problem"].startswith("not a picture in JPEG, PNG, WebP or HEIC")
    page = tus.client.get("/desk/@thehague/media/").content.decode()
    assert "notes.txt" in page
    assert "not a picture" in page
    assert list(store.shelf().listing("uploads")) == []
    tus.client.post(f"{url}removal/")
    assert "notes.txt" not in tus.client.get("/desk/@thehague/media/").content.decode()


def test_a_large_file_is_left_to_the_worker(
    tus: Tus, sea: bytes, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(joining, "AT_ONCE", 10)
    url = begun(tus, len(sea))
    tus.send(url, 0, sea)
    assert tus.client.get(url).json()["state"] == "joining"
    assert not Medium.objects.exists()
    work()
    assert tus.client.get(url).json()["medium"] == Medium.objects.get().pk
    assert Job.objects.get(kind="media.join").state == "done"


def test_joining_twice_makes_one_medium(tus: Tus, sea: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "AT_ONCE", 10)
    url = begun(tus, len(sea))
    tus.send(url, 0, sea)
    for _ in range(2):
        joining.join(url.split("/")[-2])
    assert Medium.objects.count() == 1


def test_names_are_safe_and_no_two_are_the_same(tus: Tus, tmp_path: Path) -> None:
    names = ["../../etc/passwd", "海边.JPG", "Zee.jpg", "zee.png", "C:\\fotos\\zee.jpg", "\x00\x1b[2J", ""]
    for number, name in enumerate(names):
        data = photo(tmp_path / "one.jpg", (100 + number, 50)).read_bytes()
        tus.send(begun(tus, len(data), name=name), 0, data)
    found = list(Medium.objects.order_by("pk").values_list("name", flat=True))
    assert found[:5] == ["media/passwd.jpg", "media/海边.jpg", "media/zee.jpg", "media/zee-2.jpg", "media/zee-3.jpg"]
    assert len(set(found)) == len(names)


def test_the_same_file_again_is_the_same_medium(tus: Tus, sea: bytes) -> None:
    for name in ("one.jpg", "two.jpg"):
        tus.send(begun(tus, len(sea), name=name), 0, sea)
    assert [medium.name for medium in Medium.objects.all()] == ["media/one.jpg"]
    assert {row.medium_id for row in Upload.objects.all()} == {Medium.objects.get().pk}


def test_a_long_request_is_kept_in_pieces(tus: Tus, monkeypatch: pytest.MonkeyPatch, sea: bytes) -> None:
    monkeypatch.setattr(receiving, "PIECE", 500)
    url = begun(tus, len(sea) + 1)
    tus.send(url, 0, sea)
    sizes = [piece.size for piece in Piece.objects.all()]
    assert (sizes[0], sum(sizes), len(sizes)) == (500, len(sea), -(-len(sea) // 500))


def test_no_more_than_half_of_the_threads_receive(tus: Tus, monkeypatch: pytest.MonkeyPatch) -> None:
    url = begun(tus, 10)
    with receiving.at_the_door(), receiving.at_the_door(), receiving.at_the_door(), receiving.at_the_door():
        answer = tus.send(url, 0, b"x")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
    assert tus.send(url, 0, b"x").status_code == 204


def test_pieces_without_a_row_are_swept_and_others_are_not(tus: Tus, tmp_path: Path) -> None:
    url = begun(tus, 100)
    tus.send(url, 0, b"x" * 40)
    lost = tmp_path / "lost"
    lost.write_bytes(b"y")
    store.move_in(lost, "uploads/nobody/0000000000000-aaaaaaaa")
    sweeping.sweep()
    assert sweeping.sweep(grace_hours=0).files == 1
    assert [key for key, _ in keys.keys_in_use(renditions=True)] == [Piece.objects.get().key]
    assert tus.send(url, 40, b"z").status_code == 204
    assert Path(default_storage.path(Piece.objects.first().key)).is_file()  # type: ignore[union-attr]


def test_a_lost_piece_is_told(tus: Tus) -> None:
    url = begun(tus, 100)
    tus.send(url, 0, b"x" * 40)
    store.shelf().remove(Piece.objects.get().key)
    tus.send(url, 40, b"y" * 60)
    assert "Some of its bytes were lost" in tus.client.get(url).json()["problem"]
