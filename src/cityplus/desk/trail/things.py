"""Which thing an entry of the journal is about, by what it is called and where a member of the team finds it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cityplus.cities.models import City
from cityplus.desk.pieces import piece_url, title_of
from cityplus.journal.models import Entry
from cityplus.media.models import Medium
from cityplus.routes.models import Route
from cityplus.ties.models import Tie


@dataclass(frozen=True, slots=True)
class Thing:
    """``url`` is empty where there is no page about it."""

    title: str
    url: str = ""


Finder = Callable[[City, Collection[int]], Mapping[int, Thing]]
"""The things of a city by their numbers, in a fixed number of queries; those that are gone are left out."""


def _routes(city: City, ids: Collection[int]) -> dict[int, Thing]:
    routes = Route.objects.filter(city=city, pk__in=ids).only("slug", "title")
    return {
        route.pk: Thing(title_of(route.title, route.slug), piece_url(city, f"routes/{route.slug}")) for route in routes
    }


def _cities(city: City, ids: Collection[int]) -> dict[int, Thing]:
    here = Thing(_("the profile"), piece_url(city, "profile"))
    return dict.fromkeys(ids, here)


def _media(city: City, ids: Collection[int]) -> dict[int, Thing]:
    media = Medium.objects.filter(owner=city.actor, pk__in=ids).only("name", "title")
    return {medium.pk: Thing(title_of(medium.title, medium.name)) for medium in media}


def _ties(city: City, ids: Collection[int]) -> dict[int, Thing]:
    ties = Tie.objects.of(city).with_cities().filter(pk__in=ids)
    return {tie.pk: Thing(tie.other(city).actor.native_name, tie.get_absolute_url()) for tie in ties}


_finders: dict[str, Finder] = {
    "routes.route": _routes,
    "cities.city": _cities,
    "media.medium": _media,
    "ties.tie": _ties,
}
DRAFTED = {"route": "routes.route", "profile": "cities.city"}
"""What drafts of a kind are about."""


def plug(subject: str, finder: Finder) -> None:
    """Have things of a sort, named as the journal names them (``app.model``), found by this function."""
    _finders[subject] = finder


def subject_of(entry: Entry) -> tuple[str, int]:
    """The sort and number of what an entry is about; of a draft, the thing that it is of."""
    kind, number = entry.data.get("kind"), entry.data.get("thing")
    if kind in DRAFTED and isinstance(number, int):
        return DRAFTED[kind], number
    return entry.subject, entry.subject_id


def resolve(city: City, entries: Collection[Entry]) -> dict[int, Thing | None]:
    """The thing of each entry, by the number of the entry; None for what is gone or has no name."""
    wanted: dict[str, set[int]] = {}
    for entry in entries:
        subject, number = subject_of(entry)
        wanted.setdefault(subject, set()).add(number)
    found = {subject: _finders[subject](city, ids) for subject, ids in wanted.items() if subject in _finders}
    things: dict[int, Thing | None] = {}
    for entry in entries:
        subject, number = subject_of(entry)
        things[entry.pk] = found.get(subject, {}).get(number)
    return things
