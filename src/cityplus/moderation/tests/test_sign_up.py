"""Making an account: the rules are accepted, and one is old enough; the day of birth is kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cityplus.moderation.asked import age_on
from cityplus.moderation.models import Acceptance, Edition, OldEnough, Rule
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db
FORM = {"username": "cato", "email": "cato@example.org", "password1": "a long password"}


@pytest.fixture(autouse=True)
def open_door(settings: Settings) -> Iterator[None]:
    settings.CITYPLUS = replace(django_settings.CITYPLUS, sign_up=True)
    yield


def years_ago(years: int) -> date:
    today = timezone.now().date()
    return today.replace(year=today.year - years, day=min(today.day, 28))


def sign_up(**more: object) -> tuple[int, str]:
    answer = Client().post("/account/new/", FORM | more)
    return answer.status_code, answer.content.decode()


def test_who_is_old_enough_says_so_and_nothing_else_is_kept(rules: list[Rule]) -> None:
    born = years_ago(33)
    assert sign_up(rules="on", born=born.isoformat())[0] == 302
    person = Person.objects.get()
    accepted, said = Acceptance.objects.get(), OldEnough.objects.get()
    assert (accepted.person, accepted.edition) == (person, Edition.objects.get())
    assert (said.person, said.age) == (person, 16)
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            assert born.isoformat() not in str(row) and repr(born) not in repr(row), model


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "This field is required"),
        ({"born": "not a day"}, "Enter a valid date"),
        ({"born": "1850-01-01"}, "not the day of your birth"),
        ({"born": str(timezone.now().date() + timedelta(days=2))}, "not the day of your birth"),
        ({"born": str(years_ago(15))}, "16 years old"),
        ({"born": str(years_ago(15) - timedelta(days=200))}, "16 years old"),
    ],
)
def test_who_does_not_say_or_is_too_young_gets_no_account(given: dict[str, str], says: str) -> None:
    status, page = sign_up(**given)
    assert status == 200 and says in page and 'id="id_born_error"' in page
    assert not Person.objects.exists()


def test_without_accepting_the_rules_there_is_no_account(rules: list[Rule]) -> None:
    status, page = sign_up(born="1990-05-01")
    assert status == 200 and "Without them there is no account." in page
    assert not Person.objects.exists()


def test_where_there_are_no_rules_none_are_asked_for() -> None:
    assert 'name="rules"' not in Client().get("/account/new/").content.decode()
    assert sign_up(born="1990-05-01")[0] == 302


@pytest.mark.parametrize(
    ("least", "age", "status"), [(0, None, 302), (13, 13, 302), (13, 12, 200), (18, 17, 200), (18, 18, 302)]
)
def test_the_operator_sets_the_age(settings: Settings, least: int, age: int | None, status: int) -> None:
    settings.CITYPLUS = replace(django_settings.CITYPLUS, sign_up=True, least_age=least)
    assert sign_up(**({"born": str(years_ago(age))} if age else {}))[0] == status
    assert OldEnough.objects.count() == (1 if least and status == 302 else 0)


def test_a_known_address_learns_nothing_and_accepts_nothing(rules: list[Rule]) -> None:
    Person.enrol("anna", "cato@example.org", "a long password")
    assert sign_up(rules="on", born="1990-05-01")[0] == 302
    assert Person.objects.count() == 1 and not Acceptance.objects.exists() and not OldEnough.objects.exists()


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        (date(2010, 5, 1), date(2026, 4, 30), 15),
        (date(2010, 5, 1), date(2026, 5, 1), 16),
        (date(2008, 2, 29), date(2024, 2, 28), 15),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_ages_are_whole_years(born: date, today: date, age: int) -> None:
    assert age_on(born, today) == age
