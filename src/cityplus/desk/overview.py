"""How far the content of a city is: its routes and its profile, by what state they are in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cityplus.cities.models import City
from cityplus.desk.pieces import piece_url, title_of
from cityplus.drafts.models import Draft
from cityplus.routes.models import Route

STATES = {
    "new": _("New drafts"),
    "submitted": _("Given for review"),
    "approved": _("Approved"),
    "scheduled": _("In the calendar"),
    "changed": _("Published, with changes"),
    "published": _("Published"),
    "withdrawn": _("Withdrawn"),
}
SHOWN = 4
"""Things of one state that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Group:
    """The things of one state: how many, and the first of them as title and address."""

    state: str
    count: int
    things: Sequence[tuple[str, str]]

    @property
    def name(self) -> str:
        return str(STATES[self.state])

    @property
    def more(self) -> int:
        return self.count - len(self.things)


def groups_of(city: City) -> list[Group]:
    """The states that something is in, with what is; in a fixed number of queries."""
    drafts = {
        (draft.kind, draft.subject_id): draft for draft in Draft.objects.filter(owner=city.actor).defer("document")
    }
    rows = list(Route.objects.filter(city=city).order_by("-changed_at", "-pk").values_list("pk", "state"))
    states: dict[str, list[int]] = {state: [] for state in STATES}
    for pk, state in rows:
        states[state_of(state, drafts.get(("route", pk)))].append(pk)
    named = [pk for pks in states.values() for pk in pks[:SHOWN]]
    routes = Route.objects.only("slug", "title").in_bulk(named)
    groups = []
    profile = state_of("published" if city.stage in City.PUBLIC else "draft", drafts.get(("profile", city.pk)))
    for state, pks in states.items():
        things = [_named(city, routes[pk]) for pk in pks[:SHOWN] if pk in routes]
        if state == profile:
            things = [(str(_("Profile")), piece_url(city, "profile")), *things]
        count = len(pks) + (state == profile)
        if count:
            groups.append(Group(state, count, things))
    return groups


def state_of(public: str, draft: Draft | None) -> str:
    """One of :data:`STATES`, by what the public has of a thing and how far its draft is."""
    if draft and draft.publish_at:
        return "scheduled"
    if draft and draft.state in {"submitted", "approved"}:
        return draft.state
    if public == "published":
        return "changed" if draft else "published"
    return "withdrawn" if public == "withdrawn" else "new"


def _named(city: City, route: Route) -> tuple[str, str]:
    return title_of(route.title, route.slug), piece_url(city, f"routes/{route.slug}")
