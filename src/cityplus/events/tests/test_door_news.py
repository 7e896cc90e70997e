"""What phones hear of each other: all of it, however much there is and whatever they have to tell themselves."""

from __future__ import annotations

import pytest

from cityplus.cities.models import City
from cityplus.events.doors import taking
from cityplus.events.models import Venue
from cityplus.events.tests.door_cast import Phone, code_of, guest, open_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue(thehague: City, monkeypatch: pytest.MonkeyPatch) -> Venue:
    monkeypatch.setattr(taking, "NEWS", 3)
    return open_house(thehague).venues.get()


def heard(phone: Phone) -> list[int]:
    """Whom a phone hears of until there is nothing new."""
    found: list[int] = []
    while told := phone.send().news:
        assert len(found) < 50, "it comes to an end"
        found += [row.registration_id for row in told]
    return found


def test_who_comes_back_with_scans_of_their_own_hears_of_all_others(venue: Venue) -> None:
    here, there = Phone(venue), Phone(venue)
    guests = [guest(venue) for _ in range(8)]
    for one in guests:
        here.scan(code_of(one))
    own = guest(venue)
    told = there.send(there.seen(code_of(own)))
    assert [scan.outcome for scan in told.scans] == ["entered"]
    assert [row.registration_id for row in told.news] == [one.pk for one in guests[:3]]
    assert heard(there) == [one.pk for one in [*guests[3:], own]]


def test_who_came_in_one_batch_is_heard_of_together(venue: Venue) -> None:
    here, there = Phone(venue), Phone(venue)
    first, *rest = (guest(venue) for _ in range(8))
    here.scan(code_of(first))
    here.send(*(here.seen(code_of(one)) for one in rest[:5]))
    here.send(*(here.seen(code_of(one)) for one in rest[5:]))
    assert [row.registration_id for row in there.send().news] == [first.pk]
    assert {row.registration_id for row in there.send().news} == {one.pk for one in rest[:5]}
    assert set(heard(there)) == {one.pk for one in rest[5:]}
