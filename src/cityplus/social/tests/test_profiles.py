"""A person makes a profile, and changes it; nobody passes for a city or an office."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import sign_in
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.test import Client

from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.media import visibility
from cityplus.media.models import Medium
from cityplus.media.tests.conftest import photo
from cityplus.people.models import Person
from cityplus.search.tests.conftest import tell_the_index
from cityplus.social.finding.impostors import check_names, check_own_handle
from cityplus.social.models import Follow, FollowRequest, Profile
from cityplus.social.tests.cast import person_of, resident

pytestmark = pytest.mark.django_db
PAGE = "/account/profile/"
SAID = {"tongue_0": "nl", "name_0": "Ana Lima", "about_0": "Ik fiets.", "reads_0": "nl", "reads_1": "zh-Hans"}


def test_a_profile_is_offered_and_made(visitor: Person, thehague: City) -> None:
    tell_the_index()
    client = sign_in(visitor)
    assert f'href="{PAGE}"' in client.get("/account/").content.decode()
    assert 'value="visitor"' in client.get(PAGE).content.decode()  # the username fits
    answer = client.post(PAGE, SAID | {"handle": "ana", "home": "Den Haag", "next": "/cities/"})
    assert (answer.status_code, answer["Location"]) == (302, "/cities/")
    profile = Profile.objects.get(person=visitor)
    assert (profile.actor.handle, str(profile.actor.names), profile.home) == ("ana", "Ana Lima", thehague)
    assert profile.languages == ["nl", "zh-Hans"]
    assert not profile.findable
    shown = Client().get("/@ana/").content.decode()
    assert "Ana Lima" in shown
    assert "Ik fiets." in shown
    assert "Den Haag" in shown


def test_changing_what_others_see_makes_it_look_different(thehague: City) -> None:
    ana = resident("ana")
    client = sign_in(person_of(ana))
    before = ana.revision
    said = {"tongue_0": "en", "name_0": "Ana", "reads_0": "zh-Hans", "reads_1": "en"}
    client.post(PAGE, said | {"locked": "on"})
    ana.refresh_from_db()
    assert (ana.profile.locked, ana.revision) == (True, before)
    client.post(PAGE, said | {"locked": "on", "name_0": "Anna", "tongue_1": "zh-Hans", "name_1": "安娜"})
    ana.refresh_from_db()
    assert ana.revision == before + 1
    assert {tag: v.text for tag, v in ana.names.versions.items()} == {"en": "Anna", "zh-Hans": "安娜"}


def test_a_further_language_is_added_without_losing_what_was_typed(visitor: Person) -> None:
    answer = sign_in(visitor).post(PAGE, SAID | {"handle": "ana", "more": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="Ana Lima"' in page
    assert 'name="name_1"' in page
    assert "form-error" not in page
    assert not Profile.objects.exists()


def test_words_without_a_language_and_no_name_are_refused(visitor: Person) -> None:
    client = sign_in(visitor)
    for wrong in ({"tongue_0": ""}, {"name_0": " "}, {"reads_0": ""}, {"home": "Atlantis"}, {"handle": "a b"}):
        assert client.post(PAGE, SAID | {"handle": "ana"} | wrong).status_code == 422, wrong
    assert not Profile.objects.exists()


def test_of_cities_that_are_called_alike_one_is_chosen(visitor: Person, thehague: City, shenzhen: City) -> None:
    tell_the_index()
    page = sign_in(visitor).post(PAGE, SAID | {"handle": "ana", "home": "hag"}).content.decode()
    assert 'name="home" value="thehague"' in page


@pytest.mark.parametrize(
    "handle",
    ["thehague", "den_haag", "the_hague", "thehague_official", "cityplus_team", "root", "Ana", "a", "ana-lima"],
)
def test_a_handle_does_not_speak_for_others(thehague: City, handle: str) -> None:
    tell_the_index()
    with pytest.raises(ValidationError):
        check_own_handle(handle)


@pytest.mark.parametrize(
    "name",
    [
        "The Hague", "the  hague", "Thе Hаgue", "Τhe Hague", "海牙", "Th\u200be Hague", "Ｔｈｅ Ｈａｇｕｅ", "T̈he Hague", "The Hague.",
        "Den Haag",
        "Anа", "CityPlus", "Office of Trade", "\u202eanA", "  ", "👍", "x" * 81,
    ],
)  # fmt: skip
def test_a_name_does_not_pass_for_another(thehague: City, name: str) -> None:
    tell_the_index()
    with pytest.raises(ValidationError):
        check_names(Text.of("en", en=name))


@pytest.mark.parametrize("name", ["Ana Lima", "王小明", "Ана", "Ünal Øst", "田中 Anna", "آنا", "می‌خواهم", "Haag, Ana"])
def test_plain_names_are_welcome(thehague: City, name: str) -> None:
    tell_the_index()
    check_names(Text.of("en", en=name))


def test_who_is_no_longer_locked_is_followed_by_who_asked() -> None:
    ana, bo = resident("ana", locked=True), resident("bo")
    Follow.begin(bo, ana, by="bo")
    assert FollowRequest.objects.exists()
    ana.profile.change(by="ana", locked=False)
    assert Follow.objects.filter(actor=bo, target=ana).exists()


def test_a_picture_is_described_prepared_and_seen_by_everybody(tmp_path: Path) -> None:
    ana = resident("ana")
    client = sign_in(person_of(ana))
    file = photo(tmp_path / "me.jpg")
    with file.open("rb") as sent:
        client.post(f"{PAGE}picture/", {"file": sent, "alt": " "})
    assert not Medium.objects.exists()
    with file.open("rb") as sent:
        assert client.post(f"{PAGE}picture/", {"file": sent, "alt": "Ana laughs."}).status_code == 302
    ana.profile.refresh_from_db()
    medium = ana.profile.picture
    assert medium is not None
    assert (str(medium.alt), medium.owner) == ("Ana laughs.", ana)
    assert visibility.seen_by(AnonymousUser(), [medium.pk]) == {medium.pk}
    client.post(PAGE, {"no_picture": "1"})
    assert not Medium.objects.exists()


def test_nobody_else_gives_one_a_picture(visitor: Person, stranger: Client) -> None:
    for client in (stranger, sign_in(visitor)):
        assert client.post(f"{PAGE}picture/").status_code == 404
