"""A route goes from draft to the public and back, and each may see what is theirs to see."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.people.models import Person
from cityplus.routes.models import Route, Stop

STATES = ("draft", "published", "withdrawn")


def test_publishing(route: Route) -> None:
    before = timezone.now()
    route.publish(by="owner")
    stored = Route.objects.get(pk=route.pk)
    assert stored.state == route.state == "published"
    assert stored.published_at
    assert before <= stored.published_at <= timezone.now()
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.handle, entry.by, entry.public) == ("route.published", "thehague", "owner", True)


def test_publishing_what_is_published_does_nothing(route: Route) -> None:
    route.publish(by="owner")
    first, entries = route.published_at, Entry.objects.count()
    Route.objects.get(pk=route.pk).publish(by="editor")
    assert Route.objects.get(pk=route.pk).published_at == first
    assert Entry.objects.count() == entries


def test_withdrawing_takes_nothing_away_but_the_public(route: Route) -> None:
    route.publish(by="owner")
    route.withdraw(by="owner")
    assert Route.objects.get(pk=route.pk).state == "withdrawn"
    assert route.stops.count() == 3
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.public) == ("route.withdrawn", False)
    route.publish(by="owner")
    assert Route.objects.get(pk=route.pk).state == "published"


def test_a_draft_cannot_be_withdrawn(route: Route) -> None:
    entries = Entry.objects.count()
    with pytest.raises(LifeCycleError, match="from draft one cannot go to withdrawn, only to published"):
        route.withdraw(by="owner")
    assert (route.state, Route.objects.get(pk=route.pk).state) == ("draft", "draft")
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("stage", ["preparing", "launched", "dormant"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", ["stranger", "visitor", "editor", "office"])
def test_who_sees_which_route(route: Route, visitor: Person, editor: Person, who: str, state: str, stage: str) -> None:
    Route.objects.update(state=state)
    City.objects.update(stage=stage)
    office = Person(username="office", is_staff=True)
    person = {"stranger": AnonymousUser(), "visitor": visitor, "editor": editor, "office": office}[who]
    public = state == "published" and stage != "preparing"
    expected = [route] if public or who in {"editor", "office"} else []
    assert list(Route.objects.visible_to(person)) == expected


def test_a_team_sees_drafts_of_its_own_city_alone(route: Route, shenzhen: City, editor: Person) -> None:
    Route.objects.create(city=shenzhen, slug="hers", theme="sea", mode="walk", difficulty="easy", minutes=1)
    assert [r.slug for r in Route.objects.visible_to(editor)] == ["to-the-sea"]


PAGES = ("/@thehague/routes/to-the-sea/", "/@thehague/routes/to-the-sea/stops/2/", "/nl/@thehague/routes/to-the-sea/")


@pytest.mark.parametrize("path", PAGES)
def test_a_published_route_has_its_pages(route: Route, stranger: Client, path: str) -> None:
    assert stranger.get(path).status_code == 404
    route.publish(by="owner")
    assert stranger.get(path).status_code == 200
    route.withdraw(by="owner")
    assert stranger.get(path).status_code == 404  # a kept page does not outlive it


def test_the_team_reads_its_draft_and_nobody_else_gets_that_page(
    route: Route, stranger: Client, editor: Person, visitor: Person
) -> None:
    team = sign_in(editor)
    assert team.get(PAGES[0]).status_code == 200
    assert sign_in(visitor).get(PAGES[0]).status_code == 404
    assert stranger.get(PAGES[0]).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/@thehague/routes/nowhere/",
        "/@shenzhen/routes/to-the-sea/",
        "/@thehague/routes/to-the-sea/stops/0/",
        "/@thehague/routes/to-the-sea/stops/4/",
        "/@thehague/routes/to-the-sea/stops/two/",
        "/@thehague/routes/to-the-sea/stops/99999999999999999999/",
    ],
)
def test_pages_that_are_not_there(route: Route, shenzhen: City, stranger: Client, path: str) -> None:
    route.publish(by="owner")
    assert stranger.get(path).status_code == 404


def test_the_index_lists_published_routes_alone(route: Route, stranger: Client) -> None:
    assert "to-the-sea" not in stranger.get("/routes/").content.decode()
    route.publish(by="owner")
    page = stranger.get("/routes/").content.decode()
    assert 'href="/@thehague/routes/to-the-sea/"' in page
    assert "To the sea" in page
    City.objects.update(stage="preparing")
    Entry.objects.create(verb="city.preparing", subject="cities.city", subject_id=1)
    assert "to-the-sea" not in stranger.get("/routes/").content.decode()


def test_slugs_and_numbers_are_unique(route: Route) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Route.objects.create(city=route.city, slug="to-the-sea", theme="sea", mode="walk", difficulty="easy", minutes=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stop.objects.create(route=route, number=1, slug="again", lat=52, lon=4)
