"""A network of hundreds of cities: its pages ask no more questions and hold no more than those of nine, and hide nothing."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html import unescape

import pytest
from conftest import launch, make_city
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.journal import following
from cityplus.languages.text import Text
from cityplus.packs.world import make_world
from cityplus.portal import sitemaps
from cityplus.routes.models import Route, Stop
from cityplus.ties.models import Tie

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses() -> dict[str, str]:
    """One of each public page, of the city that shows most."""
    tie = Tie.objects.public().with_cities().first()
    assert tie is not None
    city = tie.first
    route = Route.objects.public().select_related("city__actor").order_by("pk").last()
    assert route is not None
    return {
        "home": "/", "directory": "/cities/", "end": "/cities/?before=end", "city": city.get_absolute_url(),
        "route": route.get_absolute_url(), "routes": "/routes/", "ties": "/ties/", "pair": tie.get_absolute_url(),
        "map": "/cities/lights.svg", "globe": "/cities/lights.bin",
    }  # fmt: skip


def costs() -> dict[str, int]:
    """Queries of each page, made anew, in a process that is warm."""
    found = {}
    for name, address in addresses().items():
        Client().get(address)
        with CaptureQueriesContext(connection) as caught:
            assert Client().get(address).status_code == 200
        found[name] = len(caught)
    return found


def test_no_page_asks_more_questions_than_in_a_network_of_nine() -> None:
    make_world(30, 30, 90)
    few = costs()
    City.objects.all().delete()
    Actor.objects.all().delete()
    following.forget_everything()
    make_world(300, 600, 1800)
    many = costs()
    # A city looks for neighbours in up to four boxes, in fewer where more are near; all else is the same.
    assert many.pop("city") <= few.pop("city")
    assert many == few


def links(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return [unescape(href) for href in re.findall(r'<a [^>]*href="([^"]+)"', page)]


def test_no_page_holds_more_than_people_can_look_through(stranger: Client) -> None:
    make_world(300, 600, 1800)
    for address in addresses().values():
        if address.endswith("/"):
            assert len(links(stranger, address)) < 160, address
            assert len(stranger.get(address).content) < 200_000, address


def test_what_home_does_not_name_it_counts_and_leads_to(stranger: Client) -> None:
    make_world(300, 600, 1800)
    page = stranger.get("/").content.decode()
    assert "18 of 300 cities are named here" in page
    assert "All 300 cities" in page and "All 600 routes" in page
    numbers = re.findall(r"<dd>([\d,]+)</dd>", page[page.index('class="numbers"') :])
    assert numbers[:4] == ["300", str(Tie.objects.count()), "600", "1,800"]
    lines = json.loads(re.search(r'id="globe-ties" type="application/json">(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    assert 0 < len(lines) <= 60 and all(len(line) == 4 for line in lines)


def test_a_small_home_names_everybody_and_says_nothing_of_others(stranger: Client) -> None:
    make_world(9, 3, 9)
    page = stranger.get("/").content.decode()
    assert page.count("data-handle=") == 9
    assert "are named here" not in page and "All 9" not in page and "All 3" not in page


def test_a_city_shows_its_friends_its_neighbours_and_the_first_members(stranger: Client) -> None:
    make_world(300, 30, 60)
    city = City.objects.get(number=200)
    friends = [City.objects.get(number=n) for n in (40, 150, 260)]
    Tie.objects.all().delete()
    for friend in friends:
        tie = Tie.propose(city, friend, by="test")
        tie.accept(friend, by="test")
    shown = set(re.findall(r'<li[^>]*><a href="([^"]+)"', stranger.get(city.get_absolute_url()).content.decode()))
    assert {tie.get_absolute_url() for tie in Tie.objects.public().with_cities()} <= shown
    assert {City.objects.get(number=n).get_absolute_url() for n in (1, 2, 3)} <= shown
    page = stranger.get(city.get_absolute_url()).content.decode()
    assert len(re.findall(r'<a class="sky-city', page)) == 15
    assert "All 300 members" in page


def test_a_city_with_many_friends_leads_to_all(stranger: Client, thehague: City) -> None:
    for n in range(26):
        friend = launch(make_city(f"friend{n}", Text.of("en", en=f"Friend {n}"), lat=n, lon=n))
        Tie.propose(thehague, friend, by="test").accept(friend, by="test")
    page = stranger.get("/@thehague/").content.decode()
    assert page.count("sky-city sky-friend") == 24
    assert '<a href="/ties/?of=thehague">All friendships</a>' in page


def test_a_city_with_many_routes_leads_to_all(stranger: Client) -> None:
    make_world(1, 13, 26)
    city = City.objects.get()
    page = stranger.get(city.get_absolute_url()).content.decode()
    assert page.count('class="route-card"') == 12
    assert f'href="/routes/?of={city.handle}"' in page


def test_the_news_of_a_city_has_the_ties_that_others_accepted(stranger: Client, thehague: City, shenzhen: City) -> None:
    Tie.propose(thehague, shenzhen, by="test").accept(shenzhen, by="test")
    for page in ("/@thehague/", "/@shenzhen/"):
        assert "are friends" in stranger.get(page).content.decode()


def sitemap(client: Client) -> tuple[dict[str, list[ET.Element]], set[str]]:
    """The parts with their entries, and all addresses."""
    index = ET.fromstring(client.get("/sitemap.xml").getvalue())  # noqa: S314 - our own
    assert index.tag == f"{NAMESPACE}sitemapindex"
    parts = {}
    for location in index.iter(f"{NAMESPACE}loc"):
        path = (location.text or "").removeprefix("http://localhost:8000")
        parts[path] = list(ET.fromstring(client.get(path).getvalue()))  # noqa: S314 - our own
    return parts, {entry[0].text or "" for entries in parts.values() for entry in entries}


def test_the_sitemap_names_every_public_page_in_every_language_once(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "STEP", 40)
    make_world(100, 60, 200)
    city = City.objects.get(number=5)
    hidden = Route.objects.filter(city__number__gt=50).select_related("city__actor").first()
    assert hidden is not None
    hidden.withdraw(by="test")
    parts, found = sitemap(stranger)
    assert len(parts) > 10
    assert all(1 <= len(entries) <= 40 * 7 for entries in parts.values())
    pages = len(sitemaps.PAGES) + 100 + 59 + Stop.objects.exclude(route=hidden).count() + Tie.objects.count()
    assert sum(map(len, parts.values())) == len(found) == pages * 7
    assert f"http://localhost:8000/zh-hans{city.get_absolute_url()}" in found
    assert not [address for address in found if hidden.get_absolute_url() in address]
    entry = next(
        entry for entries in parts.values() for entry in entries if city.get_absolute_url() in str(entry[0].text)
    )
    assert [sister.attrib["hreflang"] for sister in entry[1:]] == ["en", "zh-Hans", "ar", "ja", "fr", "bg", "nl"]


def test_a_part_that_is_not_there_is_not_found(stranger: Client, thehague: City) -> None:
    for part in ("pages-1", "cities-7", "routes-0", "secrets-0", "cities-99999999999999999999"):
        assert stranger.get(f"/sitemaps/{part}.xml").status_code == 404, part


def test_the_index_costs_one_look_a_part_however_far_keys_are_apart(
    stranger: Client, thehague: City, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    number = thehague.pk // sitemaps.STEP
    assert number > 100
    with django_assert_max_num_queries(20):
        index = stranger.get("/sitemap.xml").getvalue().decode()
    assert index.count("/sitemaps/cities-") == 1 and f"/sitemaps/cities-{number}.xml" in index


def test_robots_lead_to_the_sitemap(stranger: Client) -> None:
    assert "Sitemap: http://localhost:8000/sitemap.xml" in stranger.get("/robots.txt").content.decode()


def test_the_largest_part_is_within_the_bounds_of_sitemaps() -> None:
    longest = f"/@{'h' * 30}/routes/{'s' * 80}/stops/65535/"
    assert sitemaps.STEP * 7 <= 50_000
    assert sitemaps.STEP * len(sitemaps._entry(longest).encode()) <= 50 * 1024 * 1024
