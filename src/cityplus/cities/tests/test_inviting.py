"""A city is invited: it comes into being with what is known of it, all of it or nothing."""

from __future__ import annotations

import pytest

from cityplus.actors.models import Actor
from cityplus.cities.inviting import Newcomer, invite
from cityplus.cities.models import City, Invitation, InvitationError
from cityplus.cities.placefinder import place
from cityplus.cities.tests.test_gazetteer import VARNA
from cityplus.journal.models import Entry
from cityplus.people.models import Letter

pytestmark = pytest.mark.django_db


def varna(handle: str = "") -> Newcomer:
    found = place(VARNA)
    assert found is not None
    return Newcomer.of(found, handle)


def test_the_profile_is_prefilled_from_the_gazetteer() -> None:
    invite(varna(), "office@varna.example", by="foundation", language="bg")
    city = City.objects.get()
    assert (city.handle, city.stage, city.number) == ("varna", "invited", None)
    assert str(city.actor.names) == "Варна" and city.actor.names.in_language("en") == "Varna"
    assert (city.country, city.time_zone, city.languages) == ("BG", "Europe/Sofia", ["bg", "tr"])
    assert (round(city.lat, 3), round(city.lon, 3)) == (43.219, 27.910)
    assert city.population > 300_000 and city.population_source.startswith("GeoNames")
    assert list(city.spoken.values_list("tag", flat=True)) == ["bg", "tr"]
    assert [(step.stage, step.by) for step in city.steps.all()] == [("invited", "foundation")]
    assert list(Entry.objects.order_by("id").values_list("verb", "handle", "public")) == [
        ("city.invited", "varna", False),
        ("invitation.sent", "varna", False),
    ]
    assert Letter.objects.get().to == "office@varna.example"


@pytest.mark.parametrize("handle", ["thehague", "Varna", "1varna", "v", "admin", "va-rna", "v" * 31])
def test_a_handle_that_is_taken_or_none_makes_nothing(thehague: City, handle: str) -> None:
    entries = Entry.objects.count()
    with pytest.raises(InvitationError):
        invite(varna(handle), "office@varna.example", by="foundation")
    assert (Actor.objects.count(), City.objects.count(), Invitation.objects.count()) == (1, 1, 0)
    assert (Entry.objects.count(), Letter.objects.count()) == (entries, 0)


def test_a_second_city_of_the_name_gets_another_handle() -> None:
    invite(varna(), "a@varna.example", by="foundation")
    assert varna().handle == "varnabg"
