"""The first page of planning: what kind of ceremony, of which cities, where and when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus.ceremonies.models import Ceremony
from cityplus.ceremonies.planning.planner import Planner
from cityplus.cities.models import City
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.languages.text import Text, Version
from cityplus.routes.models import Route
from cityplus.ties.models import Tie

MOST_CITIES = 12


class Wrong(ValueError):
    """Something that a form says and that cannot be; ``field`` names the field, the message is a sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def begin(planner: Planner, data: Mapping[str, str]) -> Ceremony:
    """Plan what a form says.

    Raises:
        Wrong: it cannot be planned so.
    """
    kind = data.get("kind", "")
    if kind not in Ceremony.Kind.values:
        raise Wrong("kind", _("Choose what the ceremony is for."))
    cities = _cities(planner, data.get("cities", ""))
    if kind == Ceremony.Kind.LAUNCH and cities[0].stage in City.PUBLIC:
        raise Wrong("cities", _("@%(handle)s is launched already.") % {"handle": cities[0].handle})
    tie = _tie(cities) if kind == Ceremony.Kind.SIGNING else None
    route = _route(cities[0], data.get("route", "")) if kind == Ceremony.Kind.OPENING else None
    zone = zone_of(data.get("time_zone", "") or cities[0].time_zone)
    return Ceremony.plan(
        kind,
        cities,
        by=planner.by,
        asked=_asked(planner, kind, cities),
        tie=tie,
        route=route,
        title=_title(kind, cities, route),
        time_zone=zone,
        starts_at=moment(data.get("starts", ""), zone),
        desk=planner.city.handle if planner.city else "",
    )


def _asked(planner: Planner, kind: str, cities: list[City]) -> list[City]:
    """Who has still to agree: all but the city at whose desk it is planned. A city that is launched has asked for that itself."""
    own = planner.city or (cities[0] if kind == Ceremony.Kind.LAUNCH else None)
    return [city for city in cities if city != own]


def zone_of(name: str) -> str:
    """An IANA time zone that there is."""
    if name not in available_timezones():
        raise Wrong("time_zone", _("“%(name)s” is no time zone such as Europe/Amsterdam.") % {"name": name[:60]})
    return name


def moment(said: str, zone: str) -> datetime:
    """The moment at which a clock in the hall shows this day and time; of two, the first."""
    try:
        local = datetime.fromisoformat(said).replace(tzinfo=None, second=0, microsecond=0)
    except ValueError:
        raise Wrong("starts", _("Give the day and the time of the hall’s clock, such as 2027-05-14T10:00.")) from None
    there = local.replace(tzinfo=ZoneInfo(zone))
    if not 2000 <= local.year <= 2200:
        raise Wrong("starts", _("Give the day and the time of the hall’s clock, such as 2027-05-14T10:00."))
    if there.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        raise Wrong("starts", _("The hall’s clock never shows this time: it is put forward that night."))
    return there


def _title(kind: str, cities: list[City], route: Route | None) -> Text:
    """A title to begin with, in the languages of the cities that our pages speak and in English."""
    spoken = {language.tag: language.code for language in UI_LANGUAGES}
    tags = [tag for city in cities for tag in city.languages if tag in spoken]
    found: dict[str, str] = {}
    for tag in dict.fromkeys([*tags, "en"]):
        with translation.override(spoken[tag]):
            names = [city.actor.names.in_language(tag) for city in cities]
            known = {"city": names[0], "other": names[-1], "route": route.title.in_language(tag) if route else ""}
            found[tag] = _TITLES[kind] % known
    original = next(iter(found))
    return Text(
        original, {tag: Version(text, "author" if tag == original else "machine") for tag, text in found.items()}
    )


_TITLES = {
    Ceremony.Kind.LAUNCH.value: gettext_lazy("The launch of %(city)s"),
    Ceremony.Kind.SIGNING.value: gettext_lazy("The friendship of %(city)s and %(other)s"),
    Ceremony.Kind.OPENING.value: gettext_lazy("%(city)s opens a route: %(route)s"),
}


def _cities(planner: Planner, said: str) -> list[City]:
    handles = list(dict.fromkeys(word.lstrip("@").lower() for word in re.split(r"[\s,;+]+", said) if word.strip("@")))
    if planner.city:
        handles = [planner.city.handle, *(handle for handle in handles if handle != planner.city.handle)]
    if not handles:
        raise Wrong("cities", _("Name a city by its handle, such as @thehague."))
    if len(handles) > MOST_CITIES:
        raise Wrong("cities", _("A ceremony is of at most %(most)s cities.") % {"most": MOST_CITIES})
    found = {city.handle: city for city in City.objects.select_related("actor").filter(actor__handle__in=handles)}
    for handle in handles:
        hidden = (
            planner.city
            and handle in found
            and found[handle].stage not in City.PUBLIC
            and handle != planner.city.handle
        )
        if handle not in found or hidden:
            raise Wrong("cities", _("There is no city @%(handle)s.") % {"handle": handle[:40]})
    return [found[handle] for handle in handles]


def _tie(cities: list[City]) -> Tie:
    if len(cities) != 2:
        raise Wrong("cities", _("The signing of a friendship is of two cities: name both."))
    tie = Tie.objects.of(cities[0]).of(cities[1]).exclude(state="ended").first()
    if tie is None:
        raise Wrong("cities", _("No friendship of these two cities is proposed yet. Propose it first."))
    return tie


def _route(city: City, slug: str) -> Route:
    route = Route.objects.filter(city=city, slug=slug.strip()).first()
    if route is None:
        raise Wrong("route", _("This city has no such route."))
    if route.state == "published":
        raise Wrong("route", _("This route is open already."))
    return route
