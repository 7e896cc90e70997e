"""The first page of a desk: what waits for whom, how far the content is, and how much room there is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from conftest import sign_in
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from cityplus.cities.models import City, Member
from cityplus.cities.quota import Quota
from cityplus.desk.overview import groups_of
from cityplus.drafts import Edit, mark
from cityplus.drafts.models import Draft
from cityplus.languages.text import Text
from cityplus.people.models import Person
from cityplus.routes.models import Route

HOME = "/desk/@thehague/"


@pytest.fixture
def team(thehague: City, owner: Person, editor: Person) -> dict[str, Client]:
    """A browser for each role, by its name."""
    browsers = {"owner": sign_in(owner), "editor": sign_in(editor)}
    for role in ("translator", "presenter", "analyst"):
        person = Person.objects.create_user(role)
        Member.join(thehague, person, role, by="test")
        browsers[role] = sign_in(person)
    return browsers


def waits(client: Client) -> list[str]:
    page = client.get(HOME).content.decode()
    part = re.search(r'<section[^>]*id="waits".*?</section>', page, re.S)
    assert part
    found = re.findall(r'<p class="desk-line-head">(.*?)</p>', part[0])
    return [re.sub(r"<[^>]+>", "", line) for line in found]


def edited(route: Route, minutes: int = 95, by: str = "thehague-editor") -> Draft:
    draft = Draft.on("route", route.pk, route.city.actor)
    draft.edit([Edit("minutes", mark(draft.document["minutes"]), minutes)], by=by)
    return draft


def test_nothing_waits_and_says_so(team: dict[str, Client]) -> None:
    assert waits(team["owner"]) == []
    assert "Nothing waits for you." in team["owner"].get(HOME).content.decode()


def test_a_review_waits_for_who_may_give_it_and_has_not_written(team: dict[str, Client], route: Route) -> None:
    edited(route).submit(by="thehague-editor")
    assert waits(team["owner"]) == ["“To the sea” waits for your review; thehague-editor asks for it."]
    for role in ("editor", "translator", "presenter", "analyst"):
        assert waits(team[role]) == []


def test_what_came_back_waits_for_who_asked(team: dict[str, Client], route: Route) -> None:
    draft = edited(route)
    draft.submit(by="thehague-editor")
    draft.decide(approve=False, by="thehague-owner", reason="The sea is missing.")
    assert waits(team["editor"]) == ["“To the sea” came back from thehague-owner: The sea is missing."]
    assert waits(team["owner"]) == []
    draft.submit(by="thehague-editor")
    assert waits(team["editor"]) == []


def test_what_came_back_to_who_has_left_waits_for_all_writers(
    team: dict[str, Client], route: Route, editor: Person
) -> None:
    draft = edited(route)
    draft.submit(by="thehague-editor")
    draft.decide(approve=False, by="thehague-owner", reason="No.")
    Member.objects.get(person=editor).remove(by="thehague-owner")
    assert len(waits(team["owner"])) == 1
    assert waits(team["translator"]) == []


def test_what_is_approved_waits_to_be_published(team: dict[str, Client], route: Route) -> None:
    draft = edited(route)
    draft.submit(by="thehague-editor")
    draft.decide(approve=True, by="thehague-owner")
    assert waits(team["editor"]) == ["“To the sea” is approved and can be published."]
    assert waits(team["translator"]) == []


def test_what_failed_at_its_moment_comes_first(team: dict[str, Client], route: Route) -> None:
    profile = Draft.on("profile", route.city.pk, route.city.actor)
    profile.edit([Edit("population", mark(profile.document["population"]), 562_839)], by="thehague-editor")
    profile.submit(by="thehague-editor")
    edited(route)
    Draft.objects.filter(kind="route").update(problem="The route has no theme.")
    found = waits(team["owner"])
    assert found[0] == "“To the sea” could not be published at its moment: The route has no theme."
    assert len(found) == 2
    assert 'class="desk-urgent"' in team["owner"].get(HOME).content.decode()


def test_content_stands_by_its_state(thehague: City, route: Route) -> None:
    def states() -> dict[str, int]:
        return {group.state: group.count for group in groups_of(thehague)}

    assert states() == {"new": 1, "published": 1}
    draft = edited(route)
    draft.submit(by="thehague-editor")
    assert states() == {"submitted": 1, "published": 1}
    draft.decide(approve=True, by="thehague-owner")
    assert states() == {"approved": 1, "published": 1}
    Draft.objects.update(publish_at=timezone.now() + timedelta(days=1))
    assert states() == {"scheduled": 1, "published": 1}
    Draft.objects.all().delete()
    Route.objects.update(state="published")
    assert states() == {"published": 2}
    edited(route)
    assert states() == {"changed": 1, "published": 1}
    Draft.objects.all().delete()
    Route.objects.update(state="withdrawn")
    assert states() == {"withdrawn": 1, "published": 1}


def test_a_desk_costs_the_same_with_many_routes(team: dict[str, Client], thehague: City, route: Route) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            team["owner"].get(HOME)
        return len(captured)

    few = queries()
    for n in range(30):
        Route.objects.create(city=thehague, slug=f"r{n}", title=Text.of("nl", nl=f"Route {n}"), mode="walk")
    assert queries() <= few + 1
    assert "and 27 more" in team["owner"].get(HOME).content.decode()


def test_the_room_is_that_of_the_setting(thehague: City, settings: Settings) -> None:
    quota = Quota.of(thehague)
    assert (quota.files, quota.bytes, quota.percent) == (0, 0, 0)
    assert quota.left == quota.most == settings.CITYPLUS.city_bytes
    assert Quota(3, 2_000_000, 1_000_000).percent == 100
    assert Quota(3, 2_000_000, 1_000_000).left == 0


def test_the_trail_is_offered_to_who_may_read_it(team: dict[str, Client]) -> None:
    assert "The whole trail" in team["analyst"].get(HOME).content.decode()
    assert "The whole trail" not in team["translator"].get(HOME).content.decode()


def test_the_navigation_shows_what_the_role_may(team: dict[str, Client]) -> None:
    def parts(role: str) -> set[str]:
        page = team[role].get(HOME).content.decode()
        return set(re.findall(r'href="/desk/@thehague/(\w*)/"', page))

    assert {"team", "trail", "exports", "settings", "calendar"} <= parts("owner")
    assert parts("presenter").isdisjoint({"trail", "exports", "settings"})
