"""A route as the document of a draft, and back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cityplus import journal
from cityplus.cities.documents import media_of, public_text, said, verify_media
from cityplus.cities.models import Rules
from cityplus.drafts import Gap
from cityplus.drafts.leaves import Choice, Degrees, Leaf, Line, Link, Many, Media, Medium, Order, Track, Whole, Words
from cityplus.drafts.shapes import Document, Each, Shape
from cityplus.languages.tags import check_tag, reader_tag
from cityplus.languages.text import Text
from cityplus.lib import hours
from cityplus.routes.models import Mode, Route, Stop, StopMedium, gaps

MOST_STOPS = 60
ROLES = (("guide", _("Spoken guide")), ("soundscape", _("Sounds of the place")))


def _stop_label(stop: Document, number: int) -> str:
    title = Text.from_json(stop.get("title")).in_language(reader_tag())
    if not title:
        return gettext("Stop %(number)s") % {"number": number}
    return gettext("Stop %(number)s (%(title)s)") % {"number": number, "title": title}


STOP = Shape(
    {
        "title": Words(_("Name"), most=200, lines=False),
        "lat": Degrees(_("Latitude"), most=90),
        "lon": Degrees(_("Longitude"), most=180),
        "address": Line(_("Address in the local script")),
        "address_language": Line(_("Language of the address"), most=20, check=check_tag),
        "story": Words(_("Story")),
        "look_for": Words(_("One thing to look for"), most=1000),
        "access": Words(_("How one gets in"), most=1000),
        "step_free": Choice(_("Step-free access"), Stop.StepFree.choices),
        "minutes": Whole(_("Minutes one stays"), most=1440),
        "opening_hours": Line(_("Opening hours"), most=200, check=hours.parse),
        "website": Link(_("Web address")),
        "leg_mode": Choice(_("How one comes here from the stop before"), Mode.choices, blank=True),
        "leg_note": Words(_("Note on the way here"), most=1000),
        "leg_track": Track(_("The way here, as it is drawn")),
        "sources": Many(_("Sources"), of=Line("", most=500), most=30),
        "media": Media(_("Pictures, films and sounds"), roles=ROLES),
    }
)
ROUTE = Shape(
    {
        "title": Words(_("Title"), most=200, lines=False),
        "summary": Words(_("Summary"), most=2000),
        "theme": Choice(_("Theme"), Route.Theme.choices, blank=True),
        "mode": Choice(_("How one goes"), Mode.choices),
        "difficulty": Choice(_("Effort"), Route.Difficulty.choices, blank=True),
        "minutes": Whole(_("Minutes in all"), most=20_000),
        "step_free": Words(_("Step-free notes"), most=1000),
        "season": Words(_("Best season"), most=500),
        "best_time": Words(_("Best time of day"), most=500),
        "cover": Medium(_("Cover picture"), kind="picture"),
        "film": Medium(_("Film"), kind="film"),
        "sources": Many(_("Sources"), of=Line("", most=500), most=60),
        "credit": Line(_("Whom to thank for the words"), most=200),
        "licence": Line(_("Licence of the words"), most=40),
        "order": Order(_("Order of the stops"), of="stops"),
        "stops": Each(STOP, _stop_label, most=MOST_STOPS),
    }
)
_FOREIGN = {"cover", "film", "media"}


class RouteKind:
    """Drafts of the kind ``route``; the subject is the route's number."""

    name = "route"
    shape = ROUTE

    def read(self, subject: int) -> Document:
        route = self._route(subject)
        stops = list(route.stops.prefetch_related("links"))
        document: Document = {name: _said(route, name) for name in ROUTE.parts if name not in {"order", "stops"}}
        keyed = dict(zip(keys(stops), stops, strict=True))
        document["order"] = list(keyed)
        document["stops"] = {key: {name: _said(stop, name) for name in STOP.parts} for key, stop in keyed.items()}
        return document

    def verify(self, subject: int, edits: Collection[tuple[str, Leaf, Any]]) -> None:
        if edits:  # words need no looking up
            verify_media(self._route(subject).city.actor, edits)

    def gaps(self, subject: int, document: Document) -> list[Gap]:
        route, stops = staged(self._route(subject), document)
        missing = gaps(route, stops)
        for number, key in enumerate(document["order"], 1):
            stop = document["stops"][key]
            if stop["lat"] is None or stop["lon"] is None:
                words = gettext("%(stop)s has no place on the map.") % {"stop": _stop_label(stop, number)}
                missing.append(Gap(words, f"stops/{key}/lat"))
        return missing

    def title(self, subject: int, document: Document) -> str:
        return Text.from_json(document.get("title")).in_language(reader_tag()) or self._route(subject).slug

    def needs_review(self, subject: int) -> bool:
        return Rules.of(self._route(subject).city).four_eyes

    def write(self, subject: int, document: Document, *, by: str) -> None:
        route, stops = staged(self._route(subject), document)
        with transaction.atomic():
            route.save()
            _write_stops(route, stops)
            if route.state == "published":
                journal.record("route.changed", route, handle=route.city.handle, by=by)
            else:
                route.publish(by=by)

    @staticmethod
    def _route(subject: int) -> Route:
        return Route.objects.select_related("city__actor").get(pk=subject)


def keys(stops: Collection[Stop]) -> list[str]:
    """For each stop in order the key that it has in documents: its slug, with a number where two have the same."""
    found: list[str] = []
    for stop in stops:
        slug = stop.slug or "stop"
        key, n = slug, 2
        while key in found:
            key, n = f"{slug[:75]}-{n}", n + 1
        found.append(key)
    return found


def staged(route: Route, document: Document) -> tuple[Route, list[Stop]]:
    """The route and its stops as the document says, with their media, in memory alone: for looking at before anything is written.

    Stops that are new have numbers below zero for keys. A stop whose place nobody knows yet stands where its city is.
    """
    city = route.city
    present = list(route.stops.all())
    rows = dict(zip(keys(present), present, strict=True))
    media = media_of(city.actor, ROUTE, document)
    for name in ROUTE.parts:
        if name in {"cover", "film"}:
            setattr(route, name, media.get(document[name]))
        elif name not in {"order", "stops"}:
            setattr(route, name, _kept(route, name, document[name], city.handle))
    stops = []
    for number, key in enumerate(document["order"], 1):
        stop = rows.get(key) or Stop(pk=-number, route=route)
        part = document["stops"][key]
        for name in STOP.parts:
            if name != "media":
                setattr(stop, name, _kept(stop, name, part[name], city.handle))
        stop.route, stop.number, stop.slug = route, number, key
        stop.step_free = stop.step_free or Stop.StepFree.UNKNOWN
        stop.lat = city.lat if stop.lat is None else stop.lat
        stop.lon = city.lon if stop.lon is None else stop.lon
        links = [
            StopMedium(stop=stop, medium=media[link["medium"]], role=link["role"], order=order)
            for order, link in enumerate(part["media"])
            if link["medium"] in media
        ]
        stop._prefetched_objects_cache = {"links": links}  # type: ignore[attr-defined]
        stops.append(stop)
    route._prefetched_objects_cache = {"stops": stops}  # type: ignore[attr-defined]
    return route, stops


def _said(row: models.Model, name: str) -> Any:
    if name == "media":
        return [{"medium": link.medium_id, "role": link.role} for link in cast("Stop", row).links.all()]
    return said(getattr(row, f"{name}_id" if name in _FOREIGN else name))


def _kept(row: models.Model, name: str, value: Any, handle: str) -> Any:
    before = getattr(row, name, None)
    return public_text(value, handle) if isinstance(before, Text) else value


def _write_stops(route: Route, stops: list[Stop]) -> None:
    """Rows keep their numbers in the database, and with them what was counted of them."""
    links = {stop.slug: list(stop.links.all()) for stop in stops}
    gone = [stop for stop in Stop.objects.filter(route=route) if stop.pk not in {one.pk for one in stops}]
    Stop.objects.filter(pk__in=[stop.pk for stop in gone]).delete()
    Stop.objects.filter(route=route).update(number=models.F("number") + 10_000)  # no two have one number meanwhile
    for stop in stops:
        if stop.pk < 0:
            stop.pk = None
        stop.save()
    StopMedium.objects.filter(stop__in=[stop.pk for stop in stops]).delete()
    rows = [link for stop in stops for link in links[stop.slug]]
    for link in rows:
        link.stop_id = link.stop.pk
    StopMedium.objects.bulk_create(rows)
