"""Captions of a film, written in a browser without a script: from text, from a file, into a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from conftest import sign_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cityplus.cities.models import City, Member
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.media.models import Caption, Medium
from cityplus.media.tests.conftest import add, film, photo, shelf
from cityplus.people.models import Person

__all__ = ["film", "shelf"]  # fixtures
VTT = "WEBVTT\n\n00:00.000 --> 00:00.900\nDen Haag.\n"


@pytest.fixture
def moving(thehague: City, film: Path) -> Medium:
    return add(thehague.actor, film, title=Text.of("nl", nl="Den Haag, aan zee"))


@pytest.fixture
def client(editor: Person) -> Client:
    return sign_in(editor)


def here(medium: Medium, tag: str = "nl") -> str:
    return f"/desk/@thehague/media/{medium.pk}/captions/{tag}/"


def write(client: Client, medium: Medium, tag: str = "nl", **said: Any) -> Any:
    track = Caption.objects.filter(medium=medium, language=tag).first()
    form = {"seen": track.mark if track else "", "state": "author", **said}
    return client.post(here(medium, tag), form) if "file" in said else post(client, here(medium, tag), form)


def post(client: Client, address: str, form: dict[str, str]) -> Any:
    """A form without a file, as browsers send it."""
    return client.post(address, urlencode(form), content_type="application/x-www-form-urlencoded")


def test_captions_are_written_and_read_by_the_public(client: Client, moving: Medium) -> None:
    assert write(client, moving, vtt=VTT).status_code == 302
    track = Caption.objects.get()
    assert (track.language, track.state, client.get(track.url).content.decode()) == ("nl", "author", VTT)
    entry = Entry.objects.get(verb="caption.written")
    assert (entry.by, entry.data["language"]) == ("thehague-editor", "nl")
    assert "Den Haag." in client.get(here(moving)).content.decode()


def test_what_is_wrong_is_told_by_its_line_and_what_was_typed_stays(client: Client, moving: Medium) -> None:
    answer = write(
        client, moving, vtt="WEBVTT\n\n00:02.000 --> 00:01.000\na\n\n00:02.000 --> 00:03.000\nTyped <script>\n"
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Line 3" in page
    assert "ends before it begins" in page
    assert "Line 7" in page
    assert "Typed &lt;script&gt;" in page
    assert not Caption.objects.exists()


def test_advice_hinders_nothing(client: Client, moving: Medium) -> None:
    write(client, moving, vtt="WEBVTT\n\n00:00.000 --> 00:00.100\nDit is veel te snel om te lezen.\n")
    assert Caption.objects.exists()
    assert "too fast to be read" in client.get(here(moving)).content.decode()


def test_a_file_of_either_kind_comes_in(client: Client, moving: Medium) -> None:
    srt = "1\n00:00:00,000 --> 00:00:00,900\n<b>The</b> Hague &\n".encode("utf-8-sig")
    answer = write(client, moving, "en", state="machine", file=SimpleUploadedFile("x.srt", srt))
    assert answer.status_code == 302
    track = Caption.objects.get()
    assert (track.state, track.vtt) == ("machine", "WEBVTT\n\n00:00:00.000 --> 00:00:00.900\n<b>The</b> Hague &amp;\n")
    answer = write(client, moving, "en", file=SimpleUploadedFile("x.srt", "Пловдив град".encode("windows-1251")))
    assert (answer.status_code, "Windows-1251" in answer.content.decode()) == (400, True)
    answer = write(client, moving, "en", file=SimpleUploadedFile("x.vtt", b"x" * 2_000_000))
    assert (answer.status_code, "at most 300 kB" in answer.content.decode()) == (413, True)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert write(strict, moving, "en", file=SimpleUploadedFile("x.srt", srt)).status_code == 403


def test_files_go_out(client: Client, moving: Medium) -> None:
    write(client, moving, vtt=VTT)
    answer = client.get(f"{here(moving)}file.srt")
    assert answer.content.decode() == "1\n00:00:00,000 --> 00:00:00,900\nDen Haag.\n"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"{here(moving)}file.vtt").content.decode() == VTT
    for address in (f"{here(moving)}file.exe", f"{here(moving, 'fr')}file.vtt"):
        assert client.get(address).status_code == 404


def test_two_who_write_at_once_are_told(client: Client, moving: Medium) -> None:
    write(client, moving, vtt=VTT)
    answer = post(client, here(moving), {"seen": "", "vtt": VTT.replace("Haag", "Helder"), "state": "author"})
    assert (answer.status_code, "Somebody else has changed" in answer.content.decode()) == (409, True)
    assert Caption.objects.get().vtt == VTT


def test_a_translator_writes_other_languages_than_the_original(thehague: City, visitor: Person, moving: Medium) -> None:
    Member.objects.create(city=thehague, person=visitor, role=Member.Role.TRANSLATOR)
    client = sign_in(visitor)
    assert write(client, moving, "nl", vtt=VTT).status_code == 403
    assert write(client, moving, "fr", vtt=VTT, state="reviewed").status_code == 302
    assert [(track.language, track.state) for track in Caption.objects.all()] == [("fr", "reviewed")]


def test_captions_are_taken_away(client: Client, moving: Medium) -> None:
    write(client, moving, vtt=VTT)
    post(client, here(moving), {"remove": "1"})
    assert not Caption.objects.exists()
    assert Entry.objects.filter(verb="caption.removed").count() == 1


def test_there_are_captions_of_films_in_languages_alone(
    client: Client, thehague: City, moving: Medium, tmp_path: Path
) -> None:
    picture = add(thehague.actor, photo(tmp_path / "x.jpg"))
    for address in (here(picture), here(moving, "notalanguage"), here(moving, "zh-hans")):
        assert client.get(address).status_code == 404
