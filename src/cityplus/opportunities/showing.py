"""An opportunity as one reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cityplus.languages.tags import reader_tag
from cityplus.opportunities import acting, money
from cityplus.opportunities.acting import Act
from cityplus.opportunities.models import Interest, Opportunity
from cityplus.organisations.models import Organisation
from cityplus.web.addresses import absolute
from cityplus.web.structured import Thing, geo


@dataclass(frozen=True, slots=True)
class Sight:
    """What the page of an opportunity shows to this reader beside its words: whether they write or deal for its host, what of its value
    they may know, and with which of their organisations they can answer or have answered."""

    opportunity: Opportunity
    writes: bool
    deals: bool
    value: str
    ready: list[Organisation]
    begun: list[Interest]


def sight(person: Any, opportunity: Opportunity) -> Sight:
    writes = acting.actors(person, Act.WRITE).filter(pk=opportunity.host_id).exists()
    deals = acting.actors(person, Act.DEAL).filter(pk=opportunity.host_id).exists()
    mine = list(acting.organisations(person).exclude(actor=opportunity.host_id).select_related("actor", "city__actor"))
    begun = list(Interest.objects.whole().filter(opportunity=opportunity, organisation__in=mine).order_by("pk"))
    answered = {interest.organisation_id for interest in begun}
    ready = [one for one in mine if one.pk not in answered] if opportunity.is_open else []
    shown = opportunity.value_public or writes or deals
    return Sight(opportunity, writes, deals, value_of(opportunity) if shown else "", ready, begun)


def value_of(thing: money.Valued) -> str:
    """Its range of money in the language of the page; empty where there is none. Who may see it is asked before."""
    return money.range_of(thing, reader_tag()) if thing.currency else ""


def public_value(thing: Any) -> str:
    return value_of(thing) if thing.value_public else ""


def structured(opportunity: Opportunity) -> Thing:
    """For search engines: an ``Offer`` of its host, or its host who ``seeks`` a ``Demand``. Only for what everybody may see."""
    tag, host = reader_tag(), opportunity.host
    reading = opportunity.title.read((tag,))
    lat, lon = opportunity.lat, opportunity.lon
    offers = opportunity.direction == Opportunity.Direction.OFFER
    kind = "City" if host.kind == host.Kind.CITY else "Organization"
    who = {"@type": kind, "name": host.names.in_language(tag), "url": absolute(host.get_absolute_url())}
    thing: Thing = {
        "@type": "Offer" if offers else "Demand",
        "@id": absolute(opportunity.get_absolute_url()),
        "url": absolute(opportunity.get_absolute_url()),
        "name": reading.text if reading else None,
        "description": opportunity.story.in_language(tag),
        "category": [sector.title for sector in opportunity.sectors.all()],
        "areaServed": {"@type": "City", "name": opportunity.city.actor.names.in_language(tag)},
        "availableAtOrFrom": {"@type": "Place", "geo": geo(lat, lon)} if lat is not None and lon is not None else None,
        "validFrom": opportunity.published_at.isoformat() if opportunity.published_at else None,
        "validThrough": opportunity.expires_at.isoformat(),
        "availability": f"https://schema.org/{'InStock' if opportunity.is_open else 'Discontinued'}",
        "priceSpecification": _price(opportunity) if opportunity.value_public and opportunity.currency else None,
    }
    return {**thing, "offeredBy": who} if offers else {**who, "seeks": thing}


def _price(opportunity: Opportunity) -> Thing:
    ends = [money.major(end, opportunity.currency) for end in (opportunity.value_from or 0, opportunity.value_to or 0)]
    return {
        "@type": "PriceSpecification",
        "priceCurrency": opportunity.currency,
        "minPrice": str(ends[0]),
        "maxPrice": str(ends[1]),
    }
