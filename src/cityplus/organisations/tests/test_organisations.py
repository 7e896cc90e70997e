"""From a draft to an organisation that everybody sees."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.organisations.models import Delegate, Organisation
from cityplus.organisations.models.delegate import DelegateError
from cityplus.people.models import Person
from cityplus.social.speakers import voices

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery(thehague: City, visitor: Person) -> Organisation:
    return Organisation.found("bakery", Text.of("nl", nl="Bakkerij"), thehague, "company", visitor)


def test_a_draft_is_theirs_alone_until_its_city_is_asked(
    bakery: Organisation, visitor: Person, owner: Person, shenzhen: City
) -> None:
    other = Person.objects.create_user("other")

    def see() -> list[bool]:
        people = (visitor, owner, other, AnonymousUser())
        return [Organisation.objects.visible_to(person).exists() for person in people]

    assert see() == [True, False, False, False]
    bakery.ask(by="visitor")
    assert see() == [True, True, False, False]
    bakery.give_back("It has moved.", by="thehague-owner")
    assert see() == [True, True, False, False], "what it gave back it may look at"


def test_its_city_verifies_it_and_then_it_speaks(bakery: Organisation, visitor: Person) -> None:
    assert voices.of(visitor) == []
    with pytest.raises(LifeCycleError):
        bakery.verify(by="thehague-owner")
    bakery.ask(by="visitor")
    bakery.verify(by="thehague-owner")
    assert Organisation.objects.visible_to(AnonymousUser()).get() == bakery
    assert voices.of(visitor) == [bakery.actor]
    bakery.give_back("The address is another company's.", by="thehague-owner")
    assert voices.of(visitor) == []


def test_its_activities_are_sections_and_divisions(bakery: Organisation) -> None:
    bakery.busy_in(["10", "I", "10"])
    assert [(a.code, a.section) for a in bakery.activities.all()] == [("10", "C"), ("I", "I")]
    with pytest.raises(KeyError):
        bakery.busy_in(["04"])
    assert bakery.activities.count() == 2


def test_an_organisation_has_an_owner(bakery: Organisation, visitor: Person) -> None:
    mine = Delegate.objects.get(person=visitor)
    with pytest.raises(DelegateError, match="make somebody else one first"):
        mine.remove(by="visitor")
    with pytest.raises(DelegateError, match="make somebody else one first"):
        mine.change("editor", by="visitor")
    other = Delegate.join(bakery, Person.objects.create_user("other"), "editor", by="visitor")
    other.change("owner", by="visitor")
    mine.remove(by="visitor")
    assert list(bakery.delegates.all()) == [other]


def test_a_handle_is_checked(thehague: City, visitor: Person) -> None:
    with pytest.raises(ValidationError):
        Organisation.found("the bakery", Text.of("en", en="Bakery"), thehague, "company", visitor)
