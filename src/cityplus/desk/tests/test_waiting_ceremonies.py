"""What ceremonies wait for, on the first page of a desk: each for who can do something about it, and gone when it is done."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from conftest import sign_in
from django.test import Client
from django.utils import timezone

from cityplus.ceremonies.models import Ceremony, Guest, Run
from cityplus.ceremonies.models.run import Press
from cityplus.cities.models import City, Member
from cityplus.cities.roles import Role
from cityplus.languages.text import Text
from cityplus.people.models import Person
from cityplus.routes.models import Route

OPENING = Text.of("en", en="The opening")


@pytest.fixture
def team(thehague: City) -> dict[str, Client]:
    browsers = {}
    for role in Role.values:
        person = Person.objects.create_user(f"a-{role}")
        Member.join(thehague, person, role, by="test")
        browsers[role] = sign_in(person)
    return browsers


def plan(route: Route, days: float, *others: City, first: City | None = None, **more: object) -> Ceremony:
    """An opening in so many days, planned at the desk of the route's city."""
    at = timezone.now() + timedelta(days=days)
    Route.objects.filter(pk=route.pk).update(state="draft")
    return Ceremony.plan(
        "opening", [first or route.city, *others], by="x", asked=others, route=route, title=OPENING, time_zone="UTC",
        starts_at=at, quorum_guests=False, quorum_palms=1, **more,
    )  # fmt: skip


def waits(client: Client) -> list[str]:
    page = client.get("/desk/@thehague/").content.decode()
    part = re.search(r'<section[^>]*id="waits".*?</section>', page, re.S)
    assert part
    found = re.findall(r'<p class="desk-line-head">(.*?)</p>', part[0])
    return [re.sub(r"<[^>]+>", "", line) for line in found]


def who(team: dict[str, Client], words: str) -> set[str]:
    """The roles at whose desk this stands."""
    return {role for role, client in team.items() if any(words in line for line in waits(client))}


def test_an_answer_of_the_city(team: dict[str, Client], route: Route, thehague: City, shenzhen: City) -> None:
    route.city = shenzhen
    ceremony = plan(route, 40, thehague, first=shenzhen)
    assert who(team, "The city is asked to take part in “The opening”") == {"owner"}
    (link,) = re.findall(r'href="([^"]+#cities)"', team["owner"].get("/desk/@thehague/").content.decode())
    assert team["owner"].get(link).status_code == 200
    ceremony.takings.get(city=thehague).answer("accepted", by="a-owner")
    assert who(team, "The opening") == set()


def test_a_rehearsal_within_seven_days(team: dict[str, Client], route: Route) -> None:
    ceremony = plan(route, 8, announced=True)
    assert who(team, "not rehearsed") == set()
    Ceremony.objects.update(starts_at=timezone.now() + timedelta(days=6))
    assert who(team, "was not rehearsed yet") == {"owner", "presenter"}
    Run.begin(ceremony, by="x", rehearsal=True)
    assert who(team, "rehearsed") == set()


def test_guests_without_a_link(team: dict[str, Client], route: Route) -> None:
    ceremony = plan(route, 10, announced=True)
    for _ in range(2):
        Guest.invite(ceremony, by="x", names=Text.of("en", en="A guest"), title=Text(), needed=True)
    assert who(team, "2 guests of “The opening” have no link yet.") == {"owner", "editor"}
    sheet = f"/desk/@thehague/ceremonies/{ceremony.pk}/tickets/"
    for role in ("translator", "presenter", "analyst"):
        assert team[role].post(f"{sheet}sent/").status_code == 403
    assert team["editor"].post(f"{sheet}sent/").status_code == 302
    assert who(team, "no link") == set()
    assert "link given by a-editor" in team["owner"].get(sheet).content.decode()
    Guest.invite(ceremony, by="x", names=Text.of("en", en="A late guest"), title=Text(), needed=True)
    assert who(team, "1 guest of “The opening” has no link yet.") == {"owner", "editor"}


def test_the_other_cities_and_the_announcement(team: dict[str, Client], route: Route, shenzhen: City) -> None:
    ceremony = plan(route, 10, shenzhen)
    assert who(team, "Shenzhen has not answered yet") == {"owner", "editor"}
    assert who(team, "is not announced yet") == {"owner", "editor"}
    ceremony.takings.get(city=shenzhen).answer("accepted", by="x")
    ceremony.announce(by="x")
    assert who(team, "The opening") == set()


def test_a_day_that_went_by_and_a_keepsake(team: dict[str, Client], route: Route) -> None:
    ceremony = plan(route, -3)
    assert who(team, "it was not held") == {"owner", "editor"}
    run = Run.begin(ceremony, by="x", rehearsal=False)
    assert who(team, "The opening") == set(), "nothing waits while it goes on"
    run.press([Press("a-nonce", "phone")])
    Run.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert run.launch()
    assert who(team, "its keepsake can be shown") == {"owner", "presenter"}
    Ceremony.objects.get().keep(by="x")
    assert who(team, "The opening") == set()


def test_what_is_called_off_waits_for_nothing(team: dict[str, Client], route: Route, shenzhen: City) -> None:
    plan(route, 3, shenzhen).call_off(by="x", reason="A storm.")
    assert who(team, "The opening") == set()
