"""The media library: what it shows and finds, the words of a medium, its replacement and its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import sign_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cityplus.cities.models import City, Member, Rules
from cityplus.drafts.edits import Edit, mark
from cityplus.drafts.models import Draft
from cityplus.journal.models import Entry
from cityplus.languages.text import Text, Version
from cityplus.media import usage
from cityplus.media.models import Medium
from cityplus.media.tests.conftest import add, film, make, photo, shelf, tone, work
from cityplus.people.models import Person
from cityplus.routes.models import Route, StopMedium

__all__ = ["film", "shelf", "tone"]  # fixtures
LIBRARY = "/desk/@thehague/media/"


@pytest.fixture
def client(editor: Person) -> Client:
    return sign_in(editor)


@pytest.fixture
def sea(thehague: City, tmp_path: Path) -> Medium:
    words = Text(
        "nl", {"nl": Version("De zee bij avond.", at="2026-01-02T00:00:00+00:00"), "en": Version("The sea.", "machine")}
    )
    return add(thehague.actor, photo(tmp_path / "sea.jpg", (480, 100)), "media/sea.jpg", alt=words)


@pytest.fixture
def pond(thehague: City, tmp_path: Path) -> Medium:
    """A picture without words."""
    return Medium.add(
        thehague.actor, photo(tmp_path / "pond.png", (90, 90)), "media/vijver 海.png", credit="", licence=""
    )


def names(client: Client, query: str = "") -> list[str]:
    return [one["name"] for one in client.get(f"{LIBRARY}choices/{query}").json()["media"]]


def describe(client: Client, medium: Medium, **said: str) -> Any:
    return client.post(f"{LIBRARY}{medium.pk}/", {"seen": medium.mark, **said})


def test_the_library_finds_by_kind_words_and_what_is_missing(
    client: Client, sea: Medium, pond: Medium, route: Route
) -> None:
    StopMedium.objects.create(stop=route.stops.all()[0], medium=sea)
    assert names(client) == [pond.name, sea.name]
    for query, found in {
        "?q=AVOND": [sea.name], "?q=the sea": [sea.name], "?q=海": [pond.name], "?q=sea+nothing": [], "?kind=film": [],
        "?kind=picture": [pond.name, sea.name], "?lacks=1": [pond.name], "?unused=1": [pond.name],
        "?q=%25": [], "?kind=x": [pond.name, sea.name],

    }.items():  # fmt: skip
        assert names(client, query) == found, query
    page = client.get(LIBRARY).content.decode()
    assert "no words for those who do not see it, nobody is thanked, and no licence" in page
    assert "used in 1 place" in page


def test_what_lacks_words_in_one_way_lacks_them_in_the_other(
    client: Client, thehague: City, sea: Medium, pond: Medium, film: Path, tone: Path
) -> None:
    add(thehague.actor, film)
    named = add(thehague.actor, tone, title=Text.of("nl", nl="Toon"))
    lacking = {medium.name for medium in Medium.objects.all() if medium.lacks}
    assert set(names(client, "?lacks=1")) == lacking
    assert named.lacks == ["transcript"]


def test_pages_of_the_library_follow_one_another(client: Client, thehague: City, sea: Medium) -> None:
    rows = [
        Medium(owner=thehague.actor, kind="picture", name=f"media/{n}.jpg", bytes=1, found_by=f"media/{n}")
        for n in range(30)
    ]
    Medium.objects.bulk_create(rows)
    first = client.get(f"{LIBRARY}choices/?q=media").json()
    second = client.get(first["next"]).json()
    assert (len(first["media"]), len(second["media"]), second["next"]) == (24, 7, None)
    assert len({one["id"] for one in [*first["media"], *second["media"]]}) == 31


def test_a_form_without_a_script_adds_a_medium(client: Client, thehague: City, tmp_path: Path) -> None:
    Rules.of(thehague).set(by="test", credit="Gemeente", licence="CC0-1.0")
    data = photo(tmp_path / "x.jpg").read_bytes()
    answer = client.post(LIBRARY, {"file": SimpleUploadedFile("Onze zee.jpg", data)})
    medium = Medium.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LIBRARY}{medium.pk}/")
    assert (medium.name, medium.credit, medium.licence) == ("media/onze-zee.jpg", "Gemeente", "CC0-1.0")
    page = client.post(LIBRARY, {"file": SimpleUploadedFile("x.txt", b"words")}, follow=True).content.decode()
    assert "not a picture in JPEG" in page
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(LIBRARY, {"file": SimpleUploadedFile("x.jpg", data)}).status_code == 403


def test_words_are_written_beside_the_original(client: Client, sea: Medium) -> None:
    page = client.get(f"{LIBRARY}{sea.pk}/?tag=en").content.decode()
    assert "De zee bij avond." in page
    assert "by a machine, not read yet" in page
    describe(client, sea, tag="en", alt="De zee bij avond.", alt_version="The sea.", alt_reviewed="1")
    sea.refresh_from_db()
    assert (sea.alt.versions["en"].state, sea.alt.versions["en"].by) == ("reviewed", "@thehague")
    describe(client, sea, tag="fr", alt="De zee bij nacht.", alt_version="La mer.", credit="Anna", licence="CC0-1.0")
    sea.refresh_from_db()
    assert {tag: (v.text, v.state) for tag, v in sea.alt.versions.items()} == {
        "nl": ("De zee bij nacht.", "author"), "fr": ("La mer.", "author"), "en": ("The sea.", "reviewed"),
    }  # fmt: skip
    assert (sea.credit, sea.licence) == ("Anna", "CC0-1.0")
    entry = Entry.objects.filter(verb="medium.described").latest("pk")
    assert (entry.by, entry.data["changed"]) == ("thehague-editor", ["alt", "credit", "licence"])
    assert "la mer." in sea.found_by


def test_a_version_is_out_of_date_when_the_original_changed_after(client: Client, sea: Medium) -> None:
    words = Text(
        "nl",
        {
            "nl": Version("Nieuw", at="2026-02-02T00:00:00+00:00"),
            "en": Version("Old", "reviewed", at="2026-01-01T00:00:00+00:00"),
        },
    )
    sea.describe(by="test", alt=words)
    assert "the original was changed since" in client.get(f"{LIBRARY}{sea.pk}/?tag=en").content.decode()
    describe(client, sea, tag="en", alt_version="Old", alt_reviewed="1")
    assert "the original was changed since" not in client.get(f"{LIBRARY}{sea.pk}/?tag=en").content.decode()


def test_a_picture_without_words_gets_its_first(client: Client, pond: Medium) -> None:
    describe(client, pond, tag="en", alt="De vijver", alt_version="The pond")
    pond.refresh_from_db()
    assert (pond.alt.original, pond.alt.in_language("en")) == ("nl", "The pond")


def test_two_who_write_at_once_are_told(client: Client, owner: Person, sea: Medium) -> None:
    seen = sea.mark
    describe(sign_in(owner), sea, credit="Owner")
    answer = client.post(f"{LIBRARY}{sea.pk}/", {"seen": seen, "credit": "Editor"})
    assert (answer.status_code, "Somebody else has changed" in answer.content.decode()) == (409, True)
    sea.refresh_from_db()
    assert sea.credit == "Owner"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"licence": "mine, all mine"}, "SPDX identifier"), ({"focal_x": "101"}, "from 0 to 100"), ({"focal_y": "left"}, "from 0 to 100"),
        ({"alt": "x" * 5001}, "at most 5000"), ({"alt": ""}, "There are translations"), ({"credit": "x" * 201}, "at most 200"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told(client: Client, sea: Medium, said: dict[str, str], why: str) -> None:
    answer = describe(client, sea, **said)
    assert (answer.status_code, why in answer.content.decode()) == (400, True)
    assert Medium.objects.get().mark == sea.mark


def test_a_translator_writes_versions_and_nothing_else(thehague: City, visitor: Person, sea: Medium) -> None:
    Member.objects.create(city=thehague, person=visitor, role=Member.Role.TRANSLATOR)
    client = sign_in(visitor)
    describe(client, sea, tag="fr", alt="Iets anders", alt_version="La mer.", credit="Mij", focal_x="0")
    sea.refresh_from_db()
    assert (str(sea.alt), sea.alt.in_language("fr"), sea.credit, sea.focal_x) == (
        "De zee bij avond.",
        "La mer.",
        "A test",
        0.5,
    )
    for address in ("deletion/", "replacement/"):
        assert client.post(f"{LIBRARY}{sea.pk}/{address}").status_code == 403


def test_the_focal_point_is_kept_where_pictures_are_cropped(client: Client, thehague: City, sea: Medium) -> None:
    City.objects.filter(pk=thehague.pk).update(cover=sea)
    work()
    describe(client, sea, focal_x="23", focal_y="80")
    assert 'class="picture focal-x-25 focal-y-80"' in Client().get("/@thehague/").content.decode()


def test_what_is_used_is_not_deleted_and_says_where(
    client: Client, thehague: City, sea: Medium, pond: Medium, route: Route, editor: Person
) -> None:
    StopMedium.objects.create(stop=route.stops.all()[2], medium=sea)
    City.objects.filter(pk=thehague.pk).update(cover=sea)
    draft = Draft.on("route", route.pk, thehague.actor)
    draft.edit([Edit("cover", mark(None), pond.pk)], by=editor.username)
    answer = client.post(f"{LIBRARY}{sea.pk}/deletion/")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Cover picture of the city" in page
    assert "Stop 3 (Pier) of the route “To the sea”" in page
    assert route.get_absolute_url() in page
    page = client.post(f"{LIBRARY}{pond.pk}/deletion/").content.decode()
    assert "Draft “To the sea”: Cover picture" in page
    assert "/desk/@thehague/routes/to-the-sea/" in page
    assert Medium.objects.count() == 2


def test_what_is_unused_is_deleted_with_a_trace(client: Client, sea: Medium) -> None:
    work()
    assert "Delete this medium?" in client.get(f"{LIBRARY}{sea.pk}/deletion/").content.decode()
    assert client.post(f"{LIBRARY}{sea.pk}/deletion/").status_code == 302
    assert not Medium.objects.exists()
    entry = Entry.objects.get(verb="medium.removed")
    assert (entry.by, entry.data["name"]) == ("thehague-editor", "media/sea.jpg")
    assert client.get(f"{LIBRARY}{sea.pk}/").status_code == 404


def test_other_bytes_take_the_place_of_the_old_ones(client: Client, sea: Medium, tmp_path: Path, tone: Path) -> None:
    work()
    before = {row.key for row in sea.renditions.all()}
    data = photo(tmp_path / "new.png", (960, 300)).read_bytes()
    client.post(f"{LIBRARY}{sea.pk}/replacement/", {"file": SimpleUploadedFile("new.png", data)})
    medium = Medium.objects.get()
    assert (medium.pk, medium.name, medium.width, str(medium.alt)) == (
        sea.pk,
        "media/sea.jpg",
        960,
        "De zee bij avond.",
    )
    assert {row.key for row in medium.renditions.all()} == before
    work()
    assert not before & {row.key for row in medium.renditions.all()}
    assert Entry.objects.filter(verb="medium.replaced", by="thehague-editor").count() == 1
    file = {"file": SimpleUploadedFile("tone.flac", tone.read_bytes())}
    assert "is of another kind" in client.post(f"{LIBRARY}{sea.pk}/replacement/", file, follow=True).content.decode()


def test_a_poster_is_used_by_its_film(thehague: City, sea: Medium, film: Path) -> None:
    moving = add(thehague.actor, film)
    Medium.objects.filter(pk=moving.pk).update(poster=sea)
    assert [use.words for use in usage.of(thehague.actor, [sea.pk])] == ["Poster of the film media/film.mp4"]


def test_a_medium_that_cannot_be_prepared_says_so(client: Client, thehague: City, tmp_path: Path) -> None:
    sea = add(thehague.actor, make(tmp_path / "a.flac", "-f", "lavfi", "-i", "sine=duration=1"))
    assert "Being prepared" in client.get(LIBRARY).content.decode()
    work()
    assert "Being prepared" not in client.get(LIBRARY).content.decode()
    assert Medium.objects.get(pk=sea.pk).ready
