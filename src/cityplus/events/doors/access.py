"""Who opens a door: the teams of the organisers, and stewards by their link. Who leads the console: the teams alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.cities.rights import Right, may, role_of
from cityplus.events.models import Event, Steward, Venue
from cityplus.people.models import Person

View = Callable[..., HttpResponse]
AFTERWARDS = timedelta(days=2)
"""How long after its end an event has doors: for scans of phones that were without a line."""
_SALT, _SESSION = "cityplus.events.door", "event-doors"


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who stands at a door: a person of a team, or a steward."""

    name: str
    person: int = 0
    steward: int = 0

    @property
    def team(self) -> bool:
        return bool(self.person)


@dataclass(frozen=True, slots=True)
class Pass:
    """What a page of a door brings with its scans, signed: a door, and who opened it. Whether they still may is looked at each time."""

    event: int
    venue: int
    person: int
    steward: int

    def __str__(self) -> str:
        return signing.dumps([self.event, self.venue, self.person, self.steward], salt=_SALT)


def read_pass(text: str) -> Pass:
    """The pass that was signed.

    Raises:
        ValueError: it was not signed here.
    """
    try:
        event, venue, person, steward = signing.loads(text, salt=_SALT)
        return Pass(int(event), int(venue), int(person), int(steward))
    except (signing.BadSignature, TypeError) as problem:
        raise ValueError("this is no pass of ours") from problem


def may_lead(person: Any, event: Event) -> bool:
    """Whether somebody may present for a city that holds the event, or speaks for another organiser."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return False
    holding = event.hosting.exclude(agreed_at=None)
    cities = City.objects.filter(actor__in=holding.filter(actor__kind=Actor.Kind.CITY).values("actor"))
    if any(may(role_of(person, city), Right.PRESENT) for city in cities):
        return True
    others = holding.exclude(actor__kind=Actor.Kind.CITY)
    return others.exists() and event.may_edit(person)


def has_doors(event: Event) -> bool:
    return event.state in {"published", "held"} and timezone.now() < event.ends_at + AFTERWARDS


def keeper(given: Pass, event: Event) -> Keeper | None:
    """Who brings this pass, while they may open this door."""
    if given.event != event.pk:
        return None
    if given.person:
        person = Person.objects.filter(pk=given.person, is_active=True).first()
        return Keeper(person.username, person=person.pk) if person and may_lead(person, event) else None
    steward = Steward.objects.filter(pk=given.steward, event=event, ended_at=None).first()
    return Keeper(steward.name, steward=steward.pk) if steward else None


def welcome(request: HttpRequest, steward: Steward) -> None:
    """Let this browser open the doors of the steward's event."""
    request.session[_SESSION] = {**request.session.get(_SESSION, {}), str(steward.event_id): steward.pk}


def _at_the_door(request: HttpRequest, event: Event) -> Keeper | None:
    if may_lead(request.user, event):
        return Keeper(request.user.get_username(), person=request.user.pk or 0)
    steward = request.session.get(_SESSION, {}).get(str(event.pk), 0)
    return keeper(Pass(event.pk, 0, 0, steward), event) if steward else None


def event_of(request: HttpRequest, handle: str, slug: str) -> Event:
    return get_object_or_404(Event.objects.visible_to(request.user).at(handle, slug))


def as_keeper(view: View) -> View:
    """As ``view(request, event, venue, keeper, …)`` for who opens this door; for everybody else it is not there."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, handle: str, slug: str, venue: int, **kwargs: Any) -> HttpResponse:
        event = event_of(request, handle, slug)
        found = _at_the_door(request, event)
        if found is None or not has_doors(event):
            raise Http404
        door = get_object_or_404(Venue, event=event, pk=min(venue, 2**63 - 1))
        return view(request, event, door, found, **kwargs)

    return wrapped


def as_leader(view: View) -> View:
    """As ``view(request, event, …)`` for who leads the event on the day; for everybody else it is not there."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, handle: str, slug: str, **kwargs: Any) -> HttpResponse:
        event = event_of(request, handle, slug)
        if not may_lead(request.user, event):
            raise Http404
        return view(request, event, **kwargs)

    return wrapped
