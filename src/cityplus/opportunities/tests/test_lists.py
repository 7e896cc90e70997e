"""The lists: filters, map and equal list, pages, feed, file, kept searches with their notices, search, suggestions, schema.org."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree as ET

import pytest
from conftest import sign_in
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cityplus.cities.models import City
from cityplus.journal import subscribers
from cityplus.languages.text import Text
from cityplus.notifications.models import Notice
from cityplus.opportunities import listing
from cityplus.opportunities.models import Match, Opportunity, Search
from cityplus.opportunities.tests.cast import boss, drafted, firm, public
from cityplus.organisations.matching import seeks_of, year_round
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def three(thehague: City, shenzhen: City) -> None:
    public(thehague.actor, "quays")
    words = Text.of("zh-Hans", zh_Hans="寻找合作伙伴", en="Partner wanted")
    facts = {"direction": "request", "kind": "partner", "sectors": ["26"], "tongues": ["zh-Hans"], "size": "great"}
    public(shenzhen.actor, "chips", title=words, story=words, **facts)
    public(firm(shenzhen, "port").actor, "cranes", kind="trade", sectors=["H"], tongues=["en"], size="")


def slugs(page: str) -> list[str]:
    return re.findall(r'<h2><a href="/@\w+/opportunities/([\w-]+)/"', page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["cranes", "chips", "quays"]),
        ("?city=shenzhen", ["cranes", "chips"]),
        ("?sector=H", ["cranes", "quays"]),
        ("?sector=62", ["quays"]),
        ("?sector=J", ["quays"]),
        ("?kind=trade", ["cranes"]),
        ("?direction=request", ["chips"]),
        ("?language=en", ["cranes", "quays"]),
        ("?size=great", ["chips"]),
        ("?city=shenzhen&sector=H&language=en", ["cranes"]),
        ("?kind=nothing", []),
        ("?sector=%00", ["cranes", "chips", "quays"]),
    ],
)
def test_filters_hold_on_page_file_and_feed(three: None, stranger: Client, query: str, found: list[str]) -> None:
    assert slugs(stranger.get(f"/opportunities/{query}").content.decode()) == found
    body = stranger.get(f"/opportunities/opportunities.csv{query}").content.decode("utf-8-sig")
    assert [row["slug"] for row in csv.DictReader(io.StringIO(body))] == found
    feed = ET.fromstring(stranger.get(f"/opportunities/opportunities.atom{query}").content)  # noqa: S314 - our own
    links = [entry.find(f"{ATOM}link").attrib["href"] for entry in feed.iter(f"{ATOM}entry")]  # type: ignore[union-attr]
    assert [link.rstrip("/").rpartition("/")[2] for link in links] == found


def test_the_map_has_what_the_list_has(three: None, stranger: Client) -> None:
    page = stranger.get("/opportunities/").content.decode()
    assert 'aria-label="Shenzhen: 2 opportunities"' in page and 'aria-label="The Hague: 1 opportunity"' in page


def test_those_of_a_host(three: None, stranger: Client) -> None:
    assert slugs(stranger.get("/@port/opportunities/").content.decode()) == ["cranes"]
    assert slugs(stranger.get("/@shenzhen/opportunities/").content.decode()) == ["cranes", "chips"]
    assert stranger.get("/@nobody/opportunities/").status_code == 404


def test_pages_show_each_once(thehague: City, stranger: Client) -> None:
    for number in range(25):
        public(thehague.actor, f"n{number:02}")
    first = stranger.get("/opportunities/").content.decode()
    assert "25 opportunities, the newest first" in first
    after = re.search(r'rel="next" href="([^"]+)"', first)
    assert after
    second = stranger.get(f"/opportunities/{after[1]}").content.decode()
    assert [*slugs(first), *slugs(second)] == [f"n{number:02}" for number in reversed(range(25))]


def test_a_list_asks_the_same_number_of_questions_whatever_its_length(thehague: City, stranger: Client) -> None:
    counts = []
    for numbers in (range(2), range(2, 15)):
        for number in numbers:
            public(thehague.actor, f"n{number:02}")
        with CaptureQueriesContext(connection) as asked:
            stranger.get("/opportunities/")
        counts.append(sum("journal_entry" not in one["sql"] for one in asked.captured_queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1"])
def test_no_cell_is_a_formula(thehague: City, stranger: Client, title: str) -> None:
    public(thehague.actor, title=Text.of("en", en=title))
    body = stranger.get("/opportunities/opportunities.csv").content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(body))
    assert row["title"].startswith("'") and all(value.lstrip()[:1] not in set("=+-@") for value in row.values())
    assert listing.cell("plain = text") == "plain = text"


def test_the_feed_says_each_version_and_no_formula_of_html(thehague: City, stranger: Client) -> None:
    public(thehague.actor, story=Text.of("en", en="Ropes & <script>", nl="Touwen"))
    feed = ET.fromstring(stranger.get("/nl/opportunities/opportunities.atom").content)  # noqa: S314 - our own
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None and "Touwen" in (entry.findtext(f"{ATOM}content") or "")
    assert "&lt;script&gt;" in (entry.findtext("{urn:cityplus:feed}version") or "")


@pytest.mark.parametrize(("direction", "kind"), [("offer", "Offer"), ("request", "City")])
def test_search_engines_read_an_offer_or_a_demand(thehague: City, stranger: Client, direction: str, kind: str) -> None:
    one = public(thehague.actor, direction=direction, value_from=500, value_to=900, currency="EUR", value_public=True)
    found = re.search(
        r'<script type="application/ld\+json">(.+?)</script>', stranger.get(one.get_absolute_url()).content.decode()
    )
    assert found
    thing = json.loads(found[1])["mainEntity"]
    assert thing["@type"] == kind
    about = thing if direction == "offer" else thing["seeks"]
    assert about["@type"] == ("Offer" if direction == "offer" else "Demand")
    assert about["priceSpecification"]["maxPrice"] == "9.00" and about["validThrough"].startswith("20")


def test_a_kept_search_tells_each_match_once(thehague: City, visitor: Person) -> None:
    browser = sign_in(visitor)
    public(thehague.actor, "before")
    browser.post("/opportunities/searches/", {"name": "Quays", "sector": "62", "kind": "pilot"})
    browser.post("/opportunities/searches/", {"name": "Quays again", "kind": "pilot", "sector": "62"})
    assert Search.objects.get().name == "Quays again", "the same filters are one search"
    one = public(thehague.actor, "fits")
    public(thehague.actor, "other", kind="trade")
    public(firm(thehague, "delta").actor, "closed-to-them", audience="verified")
    subscribers.deliver()
    assert list(Match.objects.values_list("opportunity__slug", flat=True)) == ["fits"]
    one.take_back(by="host")
    one.submit(by="host")
    one.publish(by="desk")
    subscribers.deliver()
    assert Notice.objects.filter(person=visitor, kind="opportunities.match").count() == Match.objects.count() == 1
    browser.post(f"/opportunities/searches/{Search.objects.get().pk}/removal/")
    assert not Search.objects.exists()


def test_a_search_of_a_verified_organisation_finds_what_is_for_such(thehague: City, shenzhen: City) -> None:
    person = boss(firm(shenzhen, "port"))
    Search.keep(person, "All", {}, "")
    public(firm(thehague, "delta").actor, "closed", audience="verified")
    subscribers.deliver()
    assert Match.objects.get().opportunity.slug == "closed"


def test_nobody_keeps_more_searches_than_there_is_room_for(visitor: Person) -> None:
    for number in range(20):
        Search.keep(visitor, "x", {"city": f"c{number}"}, f"city=c{number}")
    with pytest.raises(ValueError, match="20 searches"):
        Search.keep(visitor, "x", {}, "")
    Search.keep(visitor, "y", {"city": "c3"}, "city=c3")
    assert Search.objects.get(query="city=c3").name == "y"


def test_searching_finds_it_as_long_as_it_is_open(thehague: City, stranger: Client) -> None:
    one = public(thehague.actor)
    subscribers.deliver()
    assert one.get_absolute_url() in stranger.get("/search/?q=slimme+kades").content.decode()
    one.close(by="host")
    subscribers.deliver()
    assert one.get_absolute_url() not in stranger.get("/search/?q=slimme+kades").content.decode()


def test_what_fits_an_organisation_the_year_round(thehague: City, shenzhen: City) -> None:
    port = firm(shenzhen, "port")
    public(thehague.actor, "offered", sectors=["26"])
    public(thehague.actor, "asked", direction="request", sectors=["J"])
    public(port.actor, "own", direction="request", sectors=["26"])
    drafted(thehague.actor, "draft", sectors=["26"])
    assert seeks_of(Organisation.objects.all()) == {port.pk: ("26",)}
    [things] = [found for name, _, found in year_round(port) if name == "opportunities"]
    assert sorted(one.found.thing.slug for one in things) == ["asked", "offered"]
    assert Opportunity.objects.count() == 4
