"""Who comes to the workplace of a host: its opportunities as those who write them see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.opportunities import acting
from cityplus.opportunities.acting import Act
from cityplus.opportunities.models import Interest
from cityplus.people.models import Person

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Bench:
    """A person who writes the opportunities of a host; ``city`` is whose team looks them over."""

    host: Actor
    city: City
    person: Person

    @property
    def by(self) -> str:
        return self.person.get_username()


def as_writer(view: View) -> View:
    """For who writes for the city or the verified organisation ``handle``; for everybody else there is no such page."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, handle: str, **kwargs: Any) -> HttpResponseBase:
        host = acting.actors(request.user, Act.WRITE).filter(handle=handle).first()
        if host is None:
            raise Http404
        within = {"actor": host} if host.kind == Actor.Kind.CITY else {"organisations__actor": host}
        city = City.objects.select_related("actor").get(**within)
        assert isinstance(request.user, Person)  # noqa: S101 - who writes is signed in
        return view(request, Bench(host, city, request.user), **kwargs)

    return wrapped


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
        named = request.POST.get("side") or request.GET.get("side")
        if not sides:
            raise Http404
        return view(request, interest, named if named in sides else sides[0], **kwargs)

    return wrapped
