"""Opportunities among what may fit an organisation the year round: offers for what it seeks, requests for what it has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cityplus.lib.matching import Profile
from cityplus.opportunities.models import Opportunity, Sector
from cityplus.organisations.matching import Found, fields
from cityplus.organisations.models import Organisation
from cityplus.organisations.models.organisation import OrganisationQuerySet


def fitting(organisation: Organisation) -> Iterable[Found]:
    """The open ones of others: a verified organisation sees also those that are for such alone."""
    shown = Opportunity.objects.shown() if organisation.state == "verified" else Opportunity.objects.public()
    for one in shown.open().exclude(host=organisation.actor_id).for_lists().order_by("pk"):
        codes = fields(sector.code for sector in one.sectors.all())
        side: dict[str, Any] = {"offers": codes} if one.direction == "offer" else {"seeks": codes}
        tags = tuple(tongue.tag for tongue in one.tongues.all())
        profile = Profile(f"opportunity {one.pk:020}", one.city.actor.handle, does=codes, languages=tags, **side)
        yield Found(profile, one, "opportunities/suggested.html")


def sought(organisations: OrganisationQuerySet) -> Iterable[tuple[int, str]]:
    """What organisations seek: the sectors of their open requests."""
    asked = Opportunity.objects.open().filter(host__in=organisations.values("actor"), direction="request")
    rows = Sector.objects.filter(opportunity__in=asked).order_by("opportunity", "place")
    return rows.values_list("opportunity__host__organisation", "code")
