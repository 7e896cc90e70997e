"""Organisations in the trail of a city: what their verbs are in words, and what they are about."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cityplus.cities.models import City
from cityplus.desk.trail import sentences, things
from cityplus.desk.trail.things import Thing
from cityplus.languages.tags import reader_tag
from cityplus.organisations.models import Organisation

SAYS = {
    "organisation.founded": _("%(who)s founded the organisation %(what)s"),
    "organisation.changed": _("%(who)s changed what the organisation %(what)s says of itself"),
    "organisation.asked": _("%(who)s asked the city to verify %(what)s"),
    "organisation.withdrawn": _("%(who)s took %(what)s back to change it"),
    "organisation.verified": _("%(who)s verified %(what)s"),
    "organisation.returned": _("%(who)s gave %(what)s back: %(reason)s"),
    "organisation.closed": _("%(who)s closed %(what)s"),
}


def _organisations(city: City, ids: Collection[int]) -> dict[int, Thing]:
    """One that the city was never asked about has no page at its desk."""
    found = Organisation.objects.filter(city=city, pk__in=ids).select_related("actor")
    return {
        one.pk: Thing(
            f"“{one.actor.names.in_language(reader_tag())}”",
            reverse("desk:organisation", args=[city.handle, one.pk]) if _at_desk(one) else "",
        )
        for one in found
    }


def _at_desk(organisation: Organisation) -> bool:
    return organisation.state in {"asked", "verified"} or bool(
        organisation.state == "draft" and organisation.decided_at
    )


def plug_in() -> None:
    sentences.plug(SAYS)
    sentences.KINDS["organisation"] = _("Organisations")
    things.plug("organisations.organisation", _organisations)
