"""The cast of the test over every address of desk and office: who comes, and what stands in the place of an address's parts.

A part of the desk that has things of its own adds them to :data:`VALUES`, under the name that the address gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City, Invitation, Member
from cityplus.packs.models import Export
from cityplus.people.models import Person
from cityplus.routes.models import Route
from cityplus.translation.models import Term

ROLES = tuple(Member.Role.values)
OUTSIDE = ("anonymous", "stranger", "removed", "elsewhere", "office")
"""Who is not of the team: nobody signed in, somebody, who was of it, who is of another, and the network office."""


@dataclass
class Cast:
    """A city with one member of each role, and browsers for everybody by name."""

    city: City
    route: Route
    members: Mapping[str, Member]
    browsers: Mapping[str, Client]

    def fresh(self, role: str = "analyst") -> Member:
        """A further member, whom nobody needs afterwards."""
        person = Person.objects.create_user(f"fresh-{role}")
        return Member.objects.create(city=self.city, person=person, role=role)


WORD = {"source_language": "nl", "source": "Pier", "target_language": "zh-Hans", "target": "码头"}
Value = Callable[[Cast], Any]


def _export(cast: Cast) -> int:
    key = "exports/one.zip"
    if not default_storage.exists(key):
        default_storage.save(key, ContentFile(b"a pack"))
    values = {"key": key, "state": "ready", "expires_at": timezone.now() + timedelta(hours=1)}
    return Export.objects.create(city=cast.city, by="owner", **values).pk


VALUES: dict[str, Value] = {
    "handle": lambda cast: cast.city.handle,
    "piece": lambda cast: f"routes/{cast.route.slug}",
    "member": lambda cast: cast.fresh().pk,
    "invitation": lambda cast: Invitation.send(cast.city, "new@example.org", "editor", by="owner").pk,
    "export": _export,
    "tag": lambda cast: "zh-Hans",
    "ending": lambda cast: "xlf",
    "term": lambda cast: Term.keep(cast.city, by="owner", **WORD)[0].pk,
}
"""What stands in the place of a part of an address, by its name in the address (``<int:member>``: member)."""


def cast_of(city: City, other: City, route: Route) -> Cast:
    """Everybody, each in a browser of their own."""

    def browser(name: str, **facts: Any) -> Client:
        client = Client(raise_request_exception=True)
        client.force_login(Person.objects.create_user(name, password="a long password", **facts))
        return client

    browsers = {"anonymous": Client(), "office": browser("office", is_staff=True)}
    members = {}
    for name in (*ROLES, "stranger", "removed", "elsewhere"):
        browsers[name] = browser(name)
        person = Person.objects.get(username=name)
        if name in ROLES:
            members[name] = Member.join(city, person, name, by="test")
    Member.join(other, Person.objects.get(username="elsewhere"), "owner", by="test")
    Member.join(city, Person.objects.get(username="removed"), "owner", by="test").remove(by="owner")
    return Cast(city, route, members, browsers)
