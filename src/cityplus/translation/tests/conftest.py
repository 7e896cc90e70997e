"""A translator of The Hague, and a friend city."""

from __future__ import annotations

import pytest

from cityplus.cities.models import City, Member
from cityplus.people.models import Person
from cityplus.ties.models import Tie


@pytest.fixture
def translator_of(thehague: City) -> Person:
    person = Person.objects.create_user("mei", password="a long password")
    Member.objects.create(city=thehague, person=person, role=Member.Role.TRANSLATOR)
    return person


@pytest.fixture
def tie(thehague: City, shenzhen: City) -> Tie:
    tie = Tie.propose(thehague, shenzhen, by="test")
    tie.accept(shenzhen, by="test")
    return tie
