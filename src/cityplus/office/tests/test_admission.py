"""The office looks at a city that asks for admission, as a reader would, and decides with reasons."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import Candidacy, City, Proof
from cityplus.cities.tests.conftest import postman
from cityplus.cities.tests.test_candidacy import complete, ines, varna
from cityplus.people.models import Person
from cityplus.people.tests.conftest import Postman

__all__ = ["ines", "postman", "varna"]


@pytest.fixture
def office(db: None) -> Client:
    return sign_in(Person.enrol("foundation", "office@example.org", "a long password", office=True))


@pytest.fixture
def candidacy(varna: City, ines: Person) -> Candidacy:
    complete(varna)
    return Candidacy.ask(varna, by="ines")


def test_it_stands_in_the_list_and_on_the_first_page(office: Client, candidacy: Candidacy) -> None:
    assert "1 city asks for admission" in office.get("/office/").content.decode()
    assert 'href="/office/@varna/#candidacy"' in office.get("/office/candidacies/").content.decode()


def test_the_office_sees_the_city_as_a_reader_will(office: Client, candidacy: Candidacy, stranger: Client) -> None:
    page = office.get("/office/@varna/").content.decode()
    assert 'href="/@varna/"' in page and 'href="/@varna/routes/sea/"' in page
    for address in ("/@varna/", "/@varna/routes/sea/"):
        assert office.get(address).status_code == 200
        assert stranger.get(address).status_code == 404


def test_it_returns_it_with_a_reason(office: Client, candidacy: Candidacy, postman: Postman) -> None:
    url = f"/office/candidacies/{candidacy.pk}/decision/"
    assert "Say why" in office.post(url, {"verdict": "returned"}, follow=True).content.decode()
    assert "Choose:" in office.post(url, {"reason": "x"}, follow=True).content.decode()
    assert postman() == []
    office.post(url, {"verdict": "returned", "reason": "Where is the sea?"})
    assert len(postman()) == 1
    assert "Where is the sea?" in office.get("/office/@varna/").content.decode()
    assert "Where is the sea?" in office.get("/office/candidacies/").content.decode()
    assert "decided in the meantime" in office.post(url, {"verdict": "ready"}, follow=True).content.decode()
    assert City.objects.get().stage == "preparing"


def test_it_marks_it_ready_and_takes_that_back(office: Client, candidacy: Candidacy, postman: Postman) -> None:
    office.post(f"/office/candidacies/{candidacy.pk}/decision/", {"verdict": "ready"})
    assert City.objects.get().stage == "ready"
    assert "Say why" in office.post("/office/@varna/preparation/", follow=True).content.decode()
    office.post("/office/@varna/preparation/", {"reason": "The cover is of another city."})
    assert City.objects.get().stage == "preparing"
    assert len(postman()) == 2


def test_it_vouches_and_does_no_longer(office: Client, varna: City) -> None:
    assert "how the office knows" in office.post("/office/@varna/voucher/", follow=True).content.decode()
    office.post("/office/@varna/voucher/", {"reason": "Their letter of 1 November."})
    proof = Proof.objects.get()
    assert (proof.state, proof.made_by) == ("held", "foundation")
    assert "Official: confirmed by the network office" in office.get("/@varna/").content.decode()
    office.post("/office/@varna/voucher/end/")
    proof.refresh_from_db()
    assert (proof.state, proof.ended_by) == ("ended", "foundation")
