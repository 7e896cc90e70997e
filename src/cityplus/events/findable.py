"""What search knows of events and presenters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cityplus.actors.models import Actor
from cityplus.cities.findable import VERBS as OF_CITY
from cityplus.cities.isic import title_of
from cityplus.events.models import Event, Presenter
from cityplus.events.models.agenda import PresenterQuerySet
from cityplus.events.models.queries import EventQuerySet
from cityplus.journal.models import Entry
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.lib.geo import Point
from cityplus.organisations.findable import VERBS as OF_ORGANISATIONS
from cityplus.organisations.models import Organisation
from cityplus.search import index
from cityplus.search.index import Kind, Scope, in_parts
from cityplus.search.items import Item

_OWN = (
    "published", "changed", "cancelled", "held", "venue_added", "venue_changed", "venue_removed", "agenda_changed", "organiser_agreed",
    "organiser_left",
)  # fmt: skip
_OF_PRESENTERS = ("presenter.introduced", "presenter.changed")
VERBS = (*dict.fromkeys((*OF_CITY, *OF_ORGANISATIONS, "presenter.changed")), *(f"event.{verb}" for verb in _OWN))
"""An organiser that goes takes its events with it; what a presenter or a city is called stands in the words of events."""

EVENT = Kind("event", 3, _("Events"), "events/found.html", VERBS)
PRESENTER = Kind("presenter", 5, _("Presenters"), "events/found_presenter.html", (*OF_CITY, *_OF_PRESENTERS))


class Events:
    """Source of the kind ``event``: found by its title, its story, its agenda, its places, its sectors and kind in the languages of the
    interface, who holds it and who presents there."""

    def everything(self) -> Iterator[Item]:
        return map(_event, in_parts(self._public()))

    def within(self, scope: Scope) -> Iterable[Item]:
        found = self._public().filter(hosting__place=0, hosting__actor__handle=scope.handle)
        return map(_event, found.filter(pk=scope.object_id) if scope.object_id else found)

    def touched(self, entry: Entry) -> Sequence[Scope]:
        if entry.subject == Event._meta.label_lower:
            return [Scope(entry.handle, object_id=entry.subject_id)]
        if entry.subject == Presenter._meta.label_lower:
            return _scopes(Event.objects.filter(agenda__presenters=entry.subject_id))
        if entry.verb in OF_CITY:
            there = Event.objects.filter(venues__city__actor__handle=entry.handle)
            return [Scope(entry.handle), *_scopes(there)]
        own = {"organisation": entry.subject_id} if entry.subject == Organisation._meta.label_lower else {}
        hosts = Actor.objects.filter(**(own or {"pk": entry.data.get("actor", 0)}))
        return [Scope(handle) for handle in hosts.values_list("handle", flat=True)]

    def seen_by(self, person: Any, ids: Sequence[int]) -> Mapping[int, Event]:
        return {one.pk: one for one in Event.objects.visible_to(person).for_cards().filter(pk__in=ids)}

    @staticmethod
    def _public() -> EventQuerySet:
        return Event.objects.public().for_cards().prefetch_related("agenda__presenters")


class Presenters:
    """Source of the kind ``presenter``: found by their names, what they are, their words and their city."""

    def everything(self) -> Iterator[Item]:
        return map(_presenter, in_parts(self._public()))

    def within(self, scope: Scope) -> Iterable[Item]:
        found = self._public()
        found = found.filter(city__actor__handle=scope.handle) if scope.handle else found.filter(city=None)
        return map(_presenter, found.filter(pk=scope.object_id) if scope.object_id else found)

    def touched(self, entry: Entry) -> Scope:
        own = entry.subject == Presenter._meta.label_lower
        return Scope(entry.handle, object_id=entry.subject_id if own else None)

    def seen_by(self, person: Any, ids: Sequence[int]) -> Mapping[int, Presenter]:
        found = Presenter.objects.visible_to(person).filter(pk__in=ids).for_cards()
        return {one.pk: one for one in found}

    @staticmethod
    def _public() -> PresenterQuerySet:
        return Presenter.objects.public().select_related("city__actor")


def _scopes(found: EventQuerySet) -> list[Scope]:
    rows = found.filter(hosting__place=0).values_list("hosting__actor__handle", "pk").distinct()
    return [Scope(handle, object_id=number) for handle, number in rows]


def _event(one: Event) -> Item:
    host, agenda, venues = one.host, list(one.agenda.all()), list(one.venues.all())
    presenters = {presenter.pk: presenter.names for session in agenda for presenter in session.presenters.all()}
    return Item(
        object_id=one.pk,
        handle=host.handle,
        url_name="events:page",
        url_args=(host.handle, one.slug),
        title=one.title,
        words=[
            *(venue.name for venue in venues),
            *(venue.address for venue in venues),
            *(venue.city.actor.names for venue in venues if venue.city),
            *(row.actor.names for row in one.hosting.all() if row.is_shown),
            *presenters.values(),
            *_in_each(lambda: [one.get_kind_display(), *map(title_of, one.sectors)]),
            *(session.title for session in agenda),
            one.story,
        ],
        point=_point(one),
    )


def _point(event: Event) -> Point | None:
    """Of the first hall that has one, else of the first city in which it is."""
    venues = list(event.venues.all())
    placed = (Point(venue.lat, venue.lon) for venue in venues if venue.lat is not None and venue.lon is not None)
    return next(placed, None) or next((venue.city.point for venue in venues if venue.city), None)


def _in_each(words: Callable[[], Iterable[str]]) -> list[str]:
    """What is said in each language of the interface."""
    found: dict[str, None] = {}
    for language in UI_LANGUAGES:
        with translation.override(language.code):
            found |= dict.fromkeys(map(str, words()))
    return list(found)


def _presenter(one: Presenter) -> Item:
    return Item(
        object_id=one.pk,
        handle=one.city.handle if one.city else "",
        url_name="events:presenter",
        url_args=(one.slug,),
        title=one.names,
        words=[one.title, one.about, *([one.city.actor.names] if one.city else [])],
    )


def plug_in() -> None:
    """From ``apps.ready()``."""
    index.plug(EVENT, Events())
    index.plug(PRESENTER, Presenters())
