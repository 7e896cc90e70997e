"""Every public page carries a token; what is not public carries none."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from conftest import sign_in
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cityplus.cities.models import City
from cityplus.people.models import Person
from cityplus.pulse import Subject, tokens
from cityplus.routes.models import Route
from cityplus.ties.models import Tie
from cityplus.web.addresses import in_language

TOKEN = re.compile(r'<page-view data-token="([^"]+)"')
EXAMPLES = {
    "handle": "thehague",
    "slug": "to-the-sea",
    "number": 2,
    "first": "shenzhen",
    "second": "thehague",
    "begin": datetime.now(UTC).date().replace(day=1),
}
"""What stands for each variable of an address; it names something that the test has made."""
NOT_COUNTED = {
    "/account/": "a person's own rooms",
    "/design/": "the components, for those who build pages",
    "/events/registration/": "where the link in one person's letter leads",
}


@pytest.fixture
def network(route: Route, shenzhen: City, thehague: City) -> Tie:
    """Two cities, a route that is published, and a tie: there is something behind every address."""
    route.publish(by="test")
    tie = Tie.propose(shenzhen, thehague, by="test")
    tie.accept(thehague, by="test")
    return tie


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """Every address that the program has, made with the examples."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            name = ":".join(part for part in (space, pattern.namespace or "") if part)
            yield from addresses(pattern, name)
        elif isinstance(pattern, URLPattern) and pattern.name:
            values = {key: EXAMPLES[key] for key in pattern.pattern.regex.groupindex if key in EXAMPLES}
            if values.keys() == pattern.pattern.regex.groupindex.keys():
                yield reverse(f"{space}:{pattern.name}" if space else pattern.name, kwargs=values)


def public_pages(stranger: Client) -> dict[str, str]:
    """The pages that a stranger gets, by their address."""
    found = {}
    for address in addresses():
        if address.startswith(tuple(NOT_COUNTED)):
            continue
        answer = stranger.get(address)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            found[address] = answer.content.decode()
    return {address: page for address, page in found.items() if "</html>" in page}  # a piece of a page is none


@pytest.mark.django_db
def test_every_public_page_carries_a_token_of_its_own(network: Tie, stranger: Client) -> None:
    pages = public_pages(stranger)
    assert {"/", "/cities/", "/@thehague/", "/@thehague/routes/to-the-sea/stops/2/", "/pulse/"} <= pages.keys()
    bare = [address for address, page in pages.items() if not TOKEN.search(page)]
    assert not bare, f"{bare}: say what the page is with pulse.counts(request, …) or @pulse.counted(…)"
    own = [tokens.read(TOKEN.findall(page)[0], time.time()).own for page in pages.values()]
    twice = [address for address, name in zip(pages, own, strict=True) if own.count(name) > 1]
    assert not twice, "these are counted as one page"


@pytest.mark.django_db
def test_a_page_says_what_it_is_about(network: Tie, stranger: Client, thehague: City) -> None:
    page = stranger.get("/zh-hans/@thehague/routes/to-the-sea/stops/2/").content.decode()
    read = tokens.read(TOKEN.findall(page)[0], time.time())
    stop = Route.objects.get().stops.get(number=2)
    assert (read.name, read.language, read.own) == ("stop", "zh-Hans", f"stop:{stop.pk}")
    assert {Subject.of("route", stop.route_id), *thehague.subjects} < set(read.counted)


@pytest.mark.django_db
def test_a_pair_counts_for_both_cities(network: Tie, stranger: Client) -> None:
    page = stranger.get(network.get_absolute_url()).content.decode()
    counted = tokens.read(TOKEN.findall(page)[0], time.time()).counted
    assert {*network.first.subjects, *network.second.subjects, Subject.of("tie", network.pk)} < set(counted)


@pytest.mark.django_db
def test_without_a_script_the_same_token_is_in_a_picture(stranger: Client) -> None:
    page = stranger.get("/about/").content.decode()
    token = TOKEN.findall(page)[0]
    assert re.search(rf'<noscript><img [^>]*src="/live/views/{re.escape(token)}\.gif"[^>]* alt=""', page)


@pytest.mark.django_db
def test_what_is_not_public_yet_is_not_counted(route: Route, plovdiv: City, owner: Person) -> None:
    mine = sign_in(owner)
    draft = mine.get(route.get_absolute_url())
    assert draft.status_code == 200
    assert "page-view" not in draft.content.decode()
    assert "page-view" not in mine.get(in_language("/@plovdiv/", "nl")).content.decode()
    assert "page-view" not in mine.get("/nothing/here/").content.decode()


@pytest.mark.django_db
def test_a_page_that_has_not_changed_is_not_sent_again(stranger: Client) -> None:
    """The token changes with the hour, and so does the page; in between a browser that has it gets 304."""
    first = stranger.get("/about/")
    assert stranger.get("/about/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
