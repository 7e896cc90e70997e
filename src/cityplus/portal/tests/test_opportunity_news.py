"""Opportunities in what is new, on the page of their city and as its feed: what everybody may see, and no sample."""

from __future__ import annotations

import pytest
from django.test import Client

from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.opportunities.tests.cast import firm, public
from cityplus.portal import news

pytestmark = pytest.mark.django_db


def test_what_becomes_public_is_news_of_its_city(thehague: City, shenzhen: City, stranger: Client) -> None:
    one = public(firm(thehague, "delta").actor)
    asked = public(thehague.actor, "asked", direction="request")
    assert [(item.kind, item.url) for item in news.latest(2)] == [
        ("request", asked.get_absolute_url()), ("offer", one.get_absolute_url())
    ]  # fmt: skip
    assert "Delta offers: Smart quays" in stranger.get("/").content.decode()
    page = stranger.get("/@thehague/").content.decode()
    assert "Delta offers: Smart quays" in page and page.count(f'href="{one.get_absolute_url()}"') == 2
    assert '<a class="button button-quiet" href="/opportunities/opportunities.atom?city=thehague">' in page
    assert "Smart quays" not in stranger.get("/@shenzhen/").content.decode()
    feed = stranger.get("/opportunities/opportunities.atom?city=thehague").content.decode()
    assert one.get_absolute_url() in feed and asked.get_absolute_url() in feed
    assert (
        one.get_absolute_url() not in stranger.get("/opportunities/opportunities.atom?city=shenzhen").content.decode()
    )


def test_what_is_not_for_everybody_or_is_over_is_no_news(thehague: City, stranger: Client) -> None:
    public(thehague.actor, "some", audience="verified")
    public(thehague.actor, "invented", sample=True)
    assert not Entry.objects.filter(verb="opportunity.public", public=True).exists()
    one = public(thehague.actor, "gone")
    assert "Smart quays" in stranger.get("/").content.decode()
    one.close(by="host")
    assert "Smart quays" not in stranger.get("/").content.decode()
    page = stranger.get("/@thehague/").content.decode()
    assert f"/opportunities/{one.slug}/" not in page and "/opportunities/some/" not in page


def test_the_page_of_a_city_has_the_newest_few(thehague: City, stranger: Client) -> None:
    for number in range(5):
        public(thehague.actor, f"n{number}", audience="all")
    page = stranger.get("/@thehague/").content.decode()
    assert [f"/opportunities/n{number}/" in page.partition('id="opportunities-title"')[2].partition("</section>")[0]
            for number in range(5)] == [False, False, True, True, True]  # fmt: skip
