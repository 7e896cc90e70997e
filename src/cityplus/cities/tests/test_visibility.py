"""Who may know of a city: a table of people and stages."""

from __future__ import annotations

import pytest
from conftest import make_city, sign_in
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client

from cityplus.cities.models import City, Member
from cityplus.languages.text import Text
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db

STAGES = ("invited", "preparing", "ready", "launched", "dormant")
PUBLIC = {"launched", "dormant"}


@pytest.fixture
def cities() -> dict[str, City]:
    names = {stage: Text.of("en", en=f"The {stage} city") for stage in STAGES}
    return {stage: make_city(f"city_{stage}", names[stage], stage=stage) for stage in STAGES}


def people(cities: dict[str, City]) -> dict[str, object]:
    cast: dict[str, object] = {"stranger": AnonymousUser()}
    for who in ("visitor", "owner", "editor", "analyst", "office"):
        cast[who] = person = Person.objects.create_user(who)
        if who in Member.Role.values:
            for city in cities.values():
                Member.objects.create(city=city, person=person, role=who)
    Person.objects.filter(username="office").update(is_staff=True)
    cast["office"] = Person.objects.get(username="office")
    return cast


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("stranger", PUBLIC),
        ("visitor", PUBLIC),
        ("owner", set(STAGES)),
        ("editor", set(STAGES)),
        ("analyst", set(STAGES)),
        ("office", set(STAGES)),
    ],
)
def test_who_sees_which_stage(cities: dict[str, City], who: str, sees: set[str]) -> None:
    found = list(City.objects.visible_to(people(cities)[who]).values_list("stage", flat=True))
    assert sorted(found) == sorted(sees)  # and none of them twice


def test_a_team_sees_its_own_city_and_not_the_others(cities: dict[str, City], visitor: Person) -> None:
    Member.objects.create(city=cities["ready"], person=visitor, role=Member.Role.TRANSLATOR)
    found = set(City.objects.visible_to(visitor).values_list("stage", flat=True))
    assert found == {*PUBLIC, "ready"}


@pytest.mark.parametrize("stage", STAGES)
def test_the_page_of_a_city_one_may_not_know_of_is_not_there(
    cities: dict[str, City], stranger: Client, stage: str
) -> None:
    hidden, nowhere = stranger.get(f"/@city_{stage}/"), stranger.get("/@nowhere/")
    assert hidden.status_code == (200 if stage in PUBLIC else 404)
    if stage not in PUBLIC:
        assert hidden.content.replace(f"city_{stage}".encode(), b"nowhere") == nowhere.content


def test_the_owner_sees_the_page_before_the_launch(cities: dict[str, City], visitor: Person) -> None:
    Member.objects.create(city=cities["ready"], person=visitor, role=Member.Role.OWNER)
    assert sign_in(visitor).get("/@city_ready/").status_code == 200
    assert sign_in(visitor).get("/@city_invited/").status_code == 404


def test_one_person_has_one_role_in_a_team(thehague: City, shenzhen: City, owner: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(city=thehague, person=owner, role=Member.Role.EDITOR)
    Member.objects.create(city=shenzhen, person=owner, role=Member.Role.EDITOR)
    assert owner.teams.count() == 2
