"""The office invites a city: out of the gazetteer or typed, and looks after the letter."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City, Invitation, Member
from cityplus.cities.tests.conftest import invitation_link, postman
from cityplus.people.models import Person
from cityplus.people.tests.conftest import Postman

__all__ = ["postman"]

VARNA = 726050
FORM = {
    "place": "",
    "name": "Varna",
    "native": "Варна",
    "languages": "bg, en",
    "handle": "",
    "country": "BG",
    "lat": "43.21912",
    "lon": "27.91024",
    "time_zone": "Europe/Sofia",
    "population": "",
    "population_year": "",
    "population_source": "",
    "email": "office@varna.example",
    "letter": "bg",
}


@pytest.fixture
def office(db: None) -> Client:
    return sign_in(Person.enrol("foundation", "office@example.org", "a long password", office=True))


def test_suggestions_come_as_one_types(office: Client) -> None:
    found = office.get("/office/invitations/places/", {"q": "варна"}).json()["suggestions"]
    assert found[0]["name"] == "Варна" and found[0]["beside"] == "Varna" and found[0]["language"] == "bg"
    assert found[0]["url"] == f"/office/invitations/?place={VARNA}#invite"
    assert "Bulgaria" in found[0]["label"]
    assert office.get("/nl/office/invitations/places/", {"q": "海牙"}).json()["suggestions"][0]["name"] == "The Hague"
    assert office.get("/office/invitations/places/").json() == {"suggestions": []}


def test_without_a_script_the_form_finds_too(office: Client) -> None:
    page = office.get("/office/invitations/", {"q": "варна"}).content.decode()
    assert f'href="?place={VARNA}#invite"' in page
    assert "no such city" in office.get("/office/invitations/", {"q": "zzzzqq"}).content.decode()


def test_a_place_fills_the_form_and_the_form_makes_the_city(office: Client, postman: Postman) -> None:
    page = office.get("/office/invitations/", {"place": VARNA})
    initial = page.context["form"].initial
    assert (initial["handle"], initial["native"], initial["time_zone"]) == ("varna", "Варна", "Europe/Sofia")
    sent = {**initial, "population_year": "2021", "email": "Office@Varna.example", "letter": "bg"}
    answer = office.post("/office/invitations/", sent)
    assert answer.headers["Location"] == "/office/@varna/"
    city = City.objects.get()
    assert city.actor.names.original == "bg" and city.actor.names.in_language("ja") == "ヴァルナ"
    assert (city.population_year, city.stage, city.languages) == (2021, "invited", ["bg", "tr"])
    [letter] = postman()
    assert letter.to == ["office@varna.example"]
    assert invitation_link(letter).startswith("/bg/invitations/")
    assert "office@varna.example" in office.get("/office/@varna/").content.decode()
    assert "office@varna.example" in office.get("/office/").content.decode()


def test_a_city_that_no_gazetteer_knows_is_typed(office: Client) -> None:
    form = FORM | {"name": "Qaqortoq", "native": "", "languages": "kl", "country": "GL", "time_zone": "America/Nuuk"}
    assert office.post("/office/invitations/", form).status_code == 302
    city = City.objects.select_related("actor").get()
    assert (city.handle, city.actor.names.original, city.languages) == ("qaqortoq", "en", ["kl"])
    assert (city.population, city.population_source) == (0, "")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"handle": "thehague"}, "@thehague is taken; @varna is free."),
        ({"handle": "Va rna"}, "2 to 30 small letters"),
        ({"handle": "admin"}, "reserved"),
        ({"name": ""}, "This field is required"),
        ({"languages": ""}, "This field is required"),
        ({"languages": ","}, "at least one language"),
        ({"languages": "klingon!"}, "klingon"),
        ({"country": "XX"}, "XX is not one of the available choices"),
        ({"lat": "91"}, "less than or equal to 90"),
        ({"lon": "nan"}, "Enter a number"),
        ({"time_zone": "Moon/Base"}, "not an IANA time zone"),
        ({"population": "-1"}, "greater than or equal to 0"),
        ({"email": "office"}, "valid email address"),
        ({"letter": "xx"}, "not one of the available choices"),
        ({"place": "x"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_makes_nothing(
    office: Client, thehague: City, wrong: dict[str, str], says: str
) -> None:
    page = office.post("/office/invitations/", FORM | wrong)
    assert page.status_code == 200
    assert says in page.content.decode().replace("&#x27;", "'")
    assert "Nothing was sent" in page.content.decode()
    assert City.objects.count() == 1 and not Invitation.objects.exists()


def test_one_is_told_when_a_city_stands_there_already(office: Client, thehague: City) -> None:
    page = office.get("/office/invitations/", {"place": "2747373"}).content.decode()
    assert "About there is a city already: The Hague (@thehague)" in page
    assert 'value="thehaguenl"' in page


@pytest.mark.parametrize("place", ["0", "x", "99999999999999999999", "-1", ""])
def test_a_place_that_is_none_leaves_the_form_empty(office: Client, place: str) -> None:
    assert office.get("/office/invitations/", {"place": place}).status_code == 200


def test_the_letter_is_sent_again_and_taken_back(office: Client, postman: Postman, stranger: Client) -> None:
    office.post("/office/invitations/", FORM)
    first = invitation_link(postman()[0])
    invitation = Invitation.objects.get()
    assert office.post(f"/office/invitations/{invitation.pk}/letter/").headers["Location"] == "/office/@varna/"
    second = invitation_link(postman()[0])
    assert (stranger.get(first).status_code, stranger.get(second).status_code) == (404, 200)
    office.post(f"/office/invitations/{invitation.pk}/revocation/")
    assert stranger.get(second).status_code == 410
    assert office.post(f"/office/invitations/{invitation.pk}/letter/").status_code == 404
    page = office.get("/office/@varna/").content.decode()
    assert "Invite its first owner" in page
    again = {"email": "mayor@varna.example", "letter": "en"}
    assert office.post("/office/@varna/owner/", {"email": "x", "letter": "en"}).status_code == 200
    assert office.post("/office/@varna/owner/", again).status_code == 302
    assert stranger.get(invitation_link(postman()[0])).status_code == 200


def test_invitations_of_teams_are_not_the_offices(office: Client, thehague: City, owner: Person) -> None:
    """Whom a team invites, and at which address, is its own affair."""
    teams = Invitation.send(thehague, "second@denhaag.example", "owner", by="thehague-owner")
    assert office.post(f"/office/invitations/{teams.pk}/revocation/").status_code == 404
    assert "second@denhaag.example" not in office.get("/office/invitations/").content.decode()
    assert "second@denhaag.example" not in office.get("/office/@thehague/").content.decode()
    page = office.post("/office/@thehague/owner/", {"email": "x@example.org", "letter": "en"}, follow=True)
    assert "has an owner" in page.content.decode()
    assert Invitation.objects.count() == 1


def test_an_address_is_not_flooded(office: Client) -> None:
    office.post("/office/invitations/", FORM)
    invitation = Invitation.objects.get()
    codes = [office.post(f"/office/invitations/{invitation.pk}/letter/").status_code for _ in range(5)]
    assert codes == [302] * 4 + [429]


def test_pages_of_the_office_say_the_same_in_every_language(office: Client, plovdiv: City, visitor: Person) -> None:
    Member.objects.create(city=plovdiv, person=visitor, role="owner")
    for prefix in ("", "/ar", "/zh-hans", "/ja", "/fr", "/bg", "/nl"):
        for page in ("", "invitations/", f"invitations/?place={VARNA}", "candidacies/", "@plovdiv/", "?stage=ready"):
            assert office.get(f"{prefix}/office/{page}").status_code == 200
