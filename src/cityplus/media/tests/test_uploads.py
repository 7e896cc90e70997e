"""Uploading: a member of the team sends a file with its words, and it is kept; everybody else hears that there is nothing."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import sign_in
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from cityplus.cities.models import City, Member
from cityplus.journal.models import Entry
from cityplus.media import multipart, uploads
from cityplus.media.errors import NoRoom, TooLarge
from cityplus.media.models import Medium
from cityplus.media.tests.conftest import photo, work
from cityplus.people.models import Person

URL = "/@thehague/media/"
WORDS = {
    "credit": "A photographer", "licence": "CC-BY-4.0", "original": "nl", "alt[nl]": "De zee", "alt[en]": "The sea",
}  # fmt: skip


@pytest.fixture
def sea(tmp_path: Path) -> bytes:
    return photo(tmp_path / "sea.jpg", (480, 100)).read_bytes()


def send(client: Client, data: bytes | None, url: str = URL, **words: str) -> Any:
    form: dict[str, object] = {
        **WORDS,
        **{name.replace("__", "[") + "]" * ("__" in name): text for name, text in words.items()},
    }
    if data is not None:
        form["file"] = SimpleUploadedFile("sea.jpg", data, "image/jpeg")
    return client.post(url, form)


@pytest.mark.parametrize("role", [Member.Role.OWNER, Member.Role.EDITOR])
def test_owners_and_editors_add_media(thehague: City, visitor: Person, sea: bytes, role: str) -> None:
    Member.objects.create(city=thehague, person=visitor, role=role)
    client = sign_in(visitor)
    answer = send(client, sea)
    assert answer.status_code == 201
    medium = Medium.objects.get()
    assert answer.headers["Location"] == answer.json()["url"] == medium.get_absolute_url()
    assert not answer.json()["ready"]
    assert (medium.owner, medium.kind, medium.credit, medium.licence) == (
        thehague.actor,
        "picture",
        "A photographer",
        "CC-BY-4.0",
    )
    assert (medium.alt.original, str(medium.alt), medium.alt.in_language("en")) == ("nl", "De zee", "The sea")
    entry = Entry.objects.get(verb="medium.added")
    assert (entry.by, entry.handle) == ("visitor", "thehague")
    work()
    assert client.get(medium.get_absolute_url()).json()["ready"]


@pytest.mark.parametrize("role", ["", Member.Role.TRANSLATOR, Member.Role.PRESENTER, Member.Role.ANALYST])
def test_nobody_else_hears_that_there_is_anything(thehague: City, visitor: Person, sea: bytes, role: str) -> None:
    if role:
        Member.objects.create(city=thehague, person=visitor, role=role)
    for client, url in ((sign_in(visitor), URL), (Client(), URL), (sign_in(visitor), "/@nowhere/media/")):
        answer = send(client, sea, url)
        assert (answer.status_code, answer.json()["detail"]) == (404, "There is nothing here.")
    assert not Medium.objects.exists()
    assert not list(Path(default_storage.path("")).rglob("*.jpg"))


def test_the_team_of_one_city_adds_nothing_to_another(owner: Person, shenzhen: City, sea: bytes) -> None:
    assert send(sign_in(owner), sea, "/@shenzhen/media/").status_code == 404


def test_another_site_cannot_have_a_browser_do_it(owner: Person, sea: bytes) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    assert send(client, sea).status_code == 403
    client.cookies["csrf"] = "t" * 32
    assert send(client, sea, csrfmiddlewaretoken="wrong").status_code == 403
    assert not Medium.objects.exists()
    assert send(client, sea, csrfmiddlewaretoken="t" * 32).status_code == 201


def test_the_same_file_again_is_the_same_medium_with_new_words(owner: Person, sea: bytes) -> None:
    client = sign_in(owner)
    first, again = send(client, sea), send(client, sea, alt__nl="De Noordzee")
    assert first.json()["url"] == again.json()["url"]
    assert str(Medium.objects.get().alt) == "De Noordzee"


WRONG: Mapping[str, tuple[dict[str, str], str]] = {
    "no credit": ({"credit": " "}, "Say whom to thank"),
    "no licence": ({"licence": ""}, "SPDX identifier such as CC-BY-4.0"),
    "no licence at all": ({"licence": "all rights reserved"}, "SPDX identifier"),
    "no words": ({"alt__nl": "", "alt__en": ""}, "A picture needs a text that says what one sees"),
    "no original": ({"original": "fr"}, "the original (fr) is missing"),
    "no language": ({"original": "notalanguage", "alt__notalanguage": "x"}, "cannot be understood"),
    "too many words": ({"alt__nl": "x" * 5_001}, "at most 5000 characters"),
}


@pytest.mark.parametrize(("words", "why"), WRONG.values(), ids=WRONG.keys())
def test_words_that_are_missing_or_wrong_are_named(owner: Person, sea: bytes, words: dict[str, str], why: str) -> None:
    answer = send(sign_in(owner), sea, **words)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert why in answer.json()["detail"]
    assert not Medium.objects.exists()


def test_a_form_without_a_file_and_a_body_that_is_no_form(owner: Person) -> None:
    client = sign_in(owner)
    assert send(client, None).status_code == 400
    for kind in ("application/json", "application/x-www-form-urlencoded", "image/jpeg"):
        answer = client.post(URL, b"{}", content_type=kind)
        assert (answer.status_code, "multipart/form-data" in answer.json()["detail"]) == (400, True)
    assert client.get(URL).status_code == 405


def test_a_file_that_is_larger_than_the_operator_takes(owner: Person, settings: Settings) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, media_film_mb=1, media_picture_mb=1)
    answer = send(sign_in(owner), b"\xff\xd8\xff" + bytes(1_500_000))
    assert answer.status_code == 413
    assert "at most 1 MB" in answer.json()["detail"]
    assert not list(Path(default_storage.path("")).rglob("*.jpg"))


def test_a_picture_has_fewer_bytes_than_a_film(owner: Person, settings: Settings) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, media_picture_mb=1)
    answer = send(sign_in(owner), b"\xff\xd8\xff" + bytes(1_500_000))
    assert (answer.status_code, "at most 1 MB" in answer.json()["detail"]) == (413, True)


class Endless(io.RawIOBase):
    """A stream that never ends and counts what was read of it."""

    read_so_far = 0

    def read(self, size: int = -1) -> bytes:
        assert size > 0, "read to the end: there is none"
        self.read_so_far += size
        return bytes(size)


def test_a_stream_is_read_no_further_than_the_bounds(thehague: City, settings: Settings) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, media_film_mb=2, media_picture_mb=1)
    stream = Endless()
    with pytest.raises(TooLarge, match="at most 2 MB"):
        uploads.receive(thehague.actor, stream, WORDS, by="test")  # type: ignore[arg-type]
    assert stream.read_so_far < 2_600_000


def test_a_stream_becomes_a_medium(thehague: City, sea: bytes) -> None:
    medium = uploads.receive(thehague.actor, io.BytesIO(sea), WORDS, by="test")
    assert medium.bytes == len(sea)
    assert medium.name.startswith("uploads/")


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(NoRoom, match="no room for the file"):
        multipart.write(full, b"x")
