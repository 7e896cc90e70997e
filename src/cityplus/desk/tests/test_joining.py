"""The checklist on the desk: what is missing and where it is done; asking for admission, and the answer."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import Candidacy, City, Member
from cityplus.cities.tests.test_candidacy import complete, ines, varna
from cityplus.desk import waiting
from cityplus.desk.access import Desk
from cityplus.people.models import Person

__all__ = ["ines", "varna"]
URL = "/desk/@varna/checklist/"
ASK = f"{URL}candidacy/"


@pytest.fixture
def desk(ines: Person) -> Client:
    return sign_in(ines)


def waits_for(city: City, person: Person, role: str = "owner") -> list[str]:
    return [
        one.words
        for one in waiting.for_person(Desk(City.objects.get(pk=city.pk), person, role))
        if "checklist" in one.url
    ]


def test_each_line_leads_to_where_it_is_done(desk: Client, varna: City) -> None:
    page = desk.get(URL).content.decode()
    assert "6 things are missing" in page
    assert 'href="/desk/@varna/profile/"' in page and 'href="/desk/@varna/routes/"' in page
    assert 'href="/desk/@varna/official/"' in page
    assert "Ask for admission" not in page


def test_asking_too_early_is_refused_with_what_is_missing(desk: Client, varna: City) -> None:
    complete(varna, but="cover")
    page = desk.post(ASK, follow=True).content.decode()
    assert "This is missing: A cover picture." in page
    assert not Candidacy.objects.exists()


def test_the_owner_asks_once_everything_is_there(desk: Client, varna: City) -> None:
    complete(varna)
    assert "Ask for admission" in desk.get(URL).content.decode()
    for _ in range(2):
        assert desk.post(ASK).headers["Location"] == URL
    assert Candidacy.objects.count() == 1
    assert "The network office looks at the city now" in desk.get(URL).content.decode()
    desk.post(f"{ASK}end/")
    assert Candidacy.objects.get().state == "withdrawn"
    assert "Ask for admission" in desk.get(URL).content.decode()


@pytest.mark.parametrize("role", ["editor", "translator", "presenter", "analyst"])
def test_others_of_the_team_see_the_list_and_do_not_ask(varna: City, visitor: Person, role: str) -> None:
    complete(varna)
    Member.objects.create(city=varna, person=visitor, role=role)
    client = sign_in(visitor)
    page = client.get(URL).content.decode()
    assert "Everything is there" in page and "Ask for admission" not in page
    for address in (ASK, f"{ASK}end/", "/desk/@varna/official/"):
        assert client.post(address).status_code == 403
    assert not Candidacy.objects.exists()


def test_the_answer_of_the_office_stands_on_the_list_and_waits(desk: Client, varna: City, ines: Person) -> None:
    assert waits_for(varna, ines) == ["6 things are missing before the city can ask for admission."]
    assert waits_for(varna, ines, "analyst") == []
    complete(varna)
    assert waits_for(varna, ines) == ["Everything is there: ask the network office for admission."]
    assert waits_for(varna, ines, "editor") == []
    candidacy = Candidacy.ask(varna, by="ines")
    assert waits_for(varna, ines) == []
    candidacy.give_back(by="foundation", reason="<b>Where</b> is the sea?")
    assert waits_for(varna, ines) == ["The network office returned the candidacy: <b>Where</b> is the sea?"]
    page = desk.get(URL).content.decode()
    assert "&lt;b&gt;Where&lt;/b&gt; is the sea?" in page and "Ask for admission" in page
    Candidacy.ask(varna, by="ines").accept(by="foundation")
    assert waits_for(varna, ines) == []
    assert "marked the city ready" in desk.get(URL).content.decode()


def test_strangers_see_nothing(varna: City, stranger: Client, owner: Person) -> None:
    for client in (stranger, sign_in(owner)):
        for address in (URL, "/desk/@varna/official/"):
            assert client.get(address).status_code == 404
        assert client.post(ASK).status_code == 404


def test_who_is_invited_sees_where_the_city_stands(thehague: City, owner: Person) -> None:
    assert "The city is launched." in sign_in(owner).get("/desk/@thehague/checklist/").content.decode()
