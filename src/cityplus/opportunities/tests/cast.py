"""Hosts, guests and opportunities for the tests of this room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.opportunities.models import Interest, Opportunity
from cityplus.organisations.models import Activity, Delegate, Organisation
from cityplus.people.models import Person


def firm(city: City, handle: str, *, verified: bool = True, languages: tuple[str, ...] = ("en",)) -> Organisation:
    """An organisation with an owner ``<handle>-boss``, who has an address."""
    boss = Person.objects.create_user(f"{handle}-boss", f"{handle}@example.org", "a long password")
    made = Organisation.found(handle, Text.of("en", en=handle.title()), city, "company", boss, languages=[*languages])
    Activity.objects.create(organisation=made, code="J", section="J", place=0)
    if verified:
        made.ask(by=boss.username)
        made.verify(by="desk")
    return made


def boss(organisation: Organisation) -> Person:
    return Delegate.objects.select_related("person").filter(organisation=organisation).order_by("pk")[0].person


def drafted(host: Actor, slug: str = "quays", **facts: Any) -> Opportunity:
    """A draft with all that a city asks for."""
    plain: dict[str, Any] = {
        "direction": "offer",
        "kind": "pilot",
        "title": Text.of("en", en="Smart quays", nl="Slimme kades"),
        "story": Text.of("en", en="Sensors along the harbour."),
        "sectors": ["62", "H"],
        "tongues": ["en", "nl"],
        "size": "medium",
        "expires_at": timezone.now() + timedelta(days=90),
    }
    return Opportunity.draft(host, slug, by="host", **{**plain, **facts})


def public(host: Actor, slug: str = "quays", **facts: Any) -> Opportunity:
    """One that everybody sees, or all verified organisations do."""
    one = drafted(host, slug, **facts)
    one.submit(by="host")
    one.publish(by="desk")
    return one


def begun(opportunity: Opportunity, guest: Organisation, words: str = "We build such sensors.") -> Interest:
    return Interest.say(opportunity, guest, Text.of("en", en=words), by=boss(guest).username)
