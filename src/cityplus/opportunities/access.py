"""Who comes to the workplace of a host: its opportunities as those who write them see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from cityplus.actors.models import Actor
from cityplus.cities import workplace
from cityplus.cities.models import City
from cityplus.opportunities import acting
from cityplus.opportunities.acting import Act
from cityplus.opportunities.models import Interest
from cityplus.organisations.access import FRAME, place
from cityplus.people.models import Person

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Bench:
    """A person who acts for a host; ``city`` is whose team looks its opportunities over. ``frame`` is the template of its workplace,
    the desk of a city or that of an organisation, and ``around`` what that needs."""

    host: Actor
    city: City
    person: Person
    frame: str
    around: Mapping[str, Any]

    @property
    def by(self) -> str:
        return self.person.get_username()

    def shows(self, **context: Any) -> dict[str, Any]:
        """What a page of the workplace is made of."""
        return {**self.around, "frame": self.frame, "bench": self, **context}


def _for(act: Act) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def wrapped(request: HttpRequest, handle: str, **kwargs: Any) -> HttpResponseBase:
            host = acting.actors(request.user, act).filter(handle=handle).first()
            if host is None:
                raise Http404
            assert isinstance(request.user, Person)  # noqa: S101 - who acts is signed in
            return view(request, _bench(host, request.user), **kwargs)

        return wrapped

    return decorate


as_writer = _for(Act.WRITE)
as_dealer = _for(Act.DEAL)
"""For who writes, or deals, for the city or the verified organisation ``handle``; for everybody else there is no such page."""


def _bench(host: Actor, person: Person) -> Bench:
    within = {"actor": host} if host.kind == Actor.Kind.CITY else {"organisations__actor": host}
    city = City.objects.select_related("actor").get(**within)
    if host.kind == Actor.Kind.CITY:
        return Bench(host, city, person, *workplace.frame(city, person))
    return Bench(host, city, person, FRAME, {"at": place(person, host.handle)})


def signed_in(view: View) -> View:
    """For everybody with an account; others are asked to sign in and come back here."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not acting.signed_in(request.user):
            return redirect_to_login(request.get_full_path())
        return view(request, **kwargs)

    return wrapped


def as_side(view: View) -> View:
    """For who deals for one of the sides of the interest ``number``: the view gets it, and the side. Who deals for both acts for the one
    that ``side`` names, else for the host."""

    @signed_in
    @wraps(view)
    def wrapped(request: HttpRequest, number: int, **kwargs: Any) -> HttpResponseBase:
        interest = get_object_or_404(Interest.objects.between(request.user).whole(), pk=number)
        sides = interest.sides_of(request.user)
        named = request.GET.get("side") or request.POST.get("side")  # a form with a file is not read here
        if not sides:
            raise Http404
        return view(request, interest, named if named in sides else sides[0], **kwargs)

    return wrapped
