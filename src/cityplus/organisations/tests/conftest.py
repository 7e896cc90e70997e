"""Who acts in the tests of this room, beside the known cast."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person
from cityplus.people.tests.conftest import postman

__all__ = ["postman"]


@pytest.fixture
def boss(db: None) -> Person:
    return Person.enrol("boss", "boss@example.org", "a long password")


@pytest.fixture
def works(thehague: City, boss: Person) -> Organisation:
    """A company that could be verified: all is said that its city needs."""
    names = Text.of("nl", nl="Duinwerf", en="Dune Yard", zh_Hans="沙丘船坞")
    facts = {"about": Text.of("nl", nl="Bouwt boten.", en="Builds boats."), "languages": ["nl", "en"], "size": "small"}
    made = Organisation.found("dune_yard", names, thehague, "company", boss, offers=Text.of("en", en="Boats"), **facts)
    made.busy_in(["30", "52"])
    return made


@pytest.fixture
def verified(works: Organisation) -> Organisation:
    works.ask(by="boss")
    works.verify(by="thehague-owner")
    return works


@pytest.fixture
def at_work(works: Organisation, boss: Person) -> Client:
    """The browser of its owner."""
    return sign_in(boss)
