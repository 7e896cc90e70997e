"""A route with all that its pages show, in a number of queries that does not grow."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CONTENT
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from cityplus.languages.text import Text
from cityplus.media.models import Medium, Rendition
from cityplus.routes.models import Route, Stop, StopMedium
from cityplus.routes.walkthrough import Walkthrough, walkthrough

NOBODY = AnonymousUser()
PICTURE = CONTENT / "thehague" / "media" / "cover.svg"


def picture(route: Route, name: str) -> Medium:
    medium = Medium.add(route.city.actor, PICTURE, name, credit="A test", licence="CC0-1.0", alt=Text.of("nl", nl=name))
    for width in (480, 960):
        Rendition.objects.create(
            medium=medium, content_type="image/jpeg", width=width, height=9, bytes=1, key=f"{name}{width}"
        )
    return medium


def lengthen(route: Route, stops: int) -> None:
    """Give the route so many stops, each with two pictures."""
    for number in range(route.stops.count() + 1, stops + 1):
        Stop.objects.create(
            route=route, number=number, slug=f"s{number}", lat=52.1, lon=4.3 + number / 1000,
            title=Text.of("nl", nl=f"Halte {number}"), story=Text.of("nl", nl="Zo was het."),
            opening_hours="Mo-Su 10:00-18:00",
        )  # fmt: skip
    for stop in route.stops.filter(links=None):
        for order in range(2):
            StopMedium.objects.create(stop=stop, medium=picture(route, f"{stop.number}-{order}"), order=order)
    route.publish(by="test")


def look_at_everything(walk: Walkthrough) -> int:
    """Touch all that a page touches; returns how many renditions it saw."""
    seen = 0
    for part in walk.parts():
        stop = part["stop"]
        assert stop.get_absolute_url()
        for medium in stop.pictures:
            best = medium.best("image/jpeg", 960)
            assert best
            seen += best.width == 960
        assert not stop.films
        assert not stop.sounds
    assert walk.route.city.actor.names
    return seen


@pytest.mark.parametrize("stops", [3, 22])
def test_the_number_of_queries_is_the_same_for_few_and_many_stops(
    route: Route, stops: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lengthen(route, stops)
    with django_assert_num_queries(4):  # the route, its stops, their media, the renditions
        walk = walkthrough(NOBODY, "thehague", "to-the-sea")
        assert look_at_everything(walk) == 2 * stops
    assert len(walk.stops) == stops


def test_the_page_does_not_ask_more_for_more_stops(route: Route, stranger: Client) -> None:
    asked = []
    for stops in (3, 22):
        lengthen(route, stops)
        with CaptureQueriesContext(connection) as queries:
            assert stranger.get(route.get_absolute_url(), {"stops": stops}).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 10


def test_what_a_walk_is_made_of(route: Route) -> None:
    route.publish(by="test")
    walk = walkthrough(NOBODY, "thehague", "to-the-sea")
    assert [stop.slug for stop in walk.stops] == ["hofvijver", "vredespaleis", "pier"]
    assert [leg.mode for leg in walk.legs] == ["walk", "transit"]
    assert walk.metres == sum(leg.metres for leg in walk.legs)
    assert walk.moving_minutes == sum(leg.minutes for leg in walk.legs)
    assert walk.reckoned
    first, second, third = walk.parts()
    assert (first["leg"], first["previous"], first["next"]) == (None, None, second["stop"])
    assert (second["leg"], second["previous"], second["next"]) == (walk.legs[0], first["stop"], third["stop"])
    assert (third["leg"], third["next"]) == (walk.legs[1], None)
    assert first["hours"] is None


def test_a_walk_of_drawn_legs_alone_is_not_reckoned(route: Route) -> None:
    route.publish(by="test")
    route.stops.filter(number__gt=1).update(leg_track=[[52.09, 4.29]])
    assert not walkthrough(NOBODY, "thehague", "to-the-sea").reckoned


def test_opening_hours_are_read(route: Route) -> None:
    route.publish(by="test")
    route.stops.filter(number=2).update(opening_hours="Mo-Fr 10:00-17:00")
    hours = walkthrough(NOBODY, "thehague", "to-the-sea").parts()[1]["hours"]
    assert hours.rules[0].spans == (("10:00", "17:00"),)


def test_media_keep_their_order_and_their_roles(route: Route, tmp_path: Path) -> None:
    stop = route.stops.get(number=1)
    for order, name in enumerate(("second", "first")):
        StopMedium.objects.create(stop=stop, medium=picture(route, name), order=1 - order)
    sound = picture(route, "sound")
    Medium.objects.filter(pk=sound.pk).update(kind="sound")
    StopMedium.objects.create(stop=stop, medium=sound, role="guide", order=2)
    assert [medium.name for medium in stop.pictures] == ["first", "second"]
    assert [(medium.name, role) for medium, role in stop.sounds] == [("sound", "guide")]


@pytest.mark.parametrize(("handle", "slug"), [("thehague", "nowhere"), ("shenzhen", "to-the-sea")])
def test_what_is_not_there_is_not_found(route: Route, handle: str, slug: str) -> None:
    with pytest.raises(Http404):
        walkthrough(NOBODY, handle, slug)
