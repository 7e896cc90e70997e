"""Who comes to a desk: one decorator for all its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from cityplus.cities import rights
from cityplus.cities.models import City, Member
from cityplus.cities.rights import Right
from cityplus.people.models import Person

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Desk:
    """A person at the desk of a city, with a role of its team."""

    city: City
    person: Person
    role: str

    @property
    def by(self) -> str:
        """The name under which deeds are recorded."""
        return self.person.get_username()

    @property
    def role_name(self) -> str:
        return str(Member.Role(self.role).label)

    def may(self, right: Right | str) -> bool:
        return rights.may(self.role, Right(right))


def desk(right: Right, **methods: Right) -> Callable[[View], View]:
    """Let a view be asked as ``view(request, desk, …)`` by who has this right in the team of the city ``handle``; ``POST=…`` asks
    for another right when something is sent.

    Strangers get 404, and an address says the same of a city that there is and of one that there is not. A member whose role lacks
    the right gets 403 with a sentence.
    """

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def wrapped(request: HttpRequest, handle: str, **kwargs: Any) -> HttpResponseBase:
            city = City.objects.select_related("actor", "cover").filter(actor__handle=handle).first()
            role = rights.role_of(request.user, city) if city else None
            if city is None or role is None:
                return render(request, "desk/not_found.html", status=404)
            at = Desk(city, request.user, role)  # type: ignore[arg-type] # who has a role is a person
            request.desk = at  # type: ignore[attr-defined]
            needed = methods.get(str(request.method), right)
            if not at.may(needed):
                return not_yours(request, at, needed)
            return view(request, at, **kwargs)

        wrapped.right = right  # type: ignore[attr-defined] # read by the test over all addresses
        wrapped.rights = methods  # type: ignore[attr-defined]
        return wrapped

    return decorate


def frame(city: City, person: Any) -> tuple[str, Mapping[str, Any]]:
    """The frame of the desk, for pages of other rooms that are asked for by a member of its team."""
    return "desk/frame.html", {"desk": Desk(city, person, rights.role_of(person, city) or "")}


def not_yours(request: HttpRequest, at: Desk, needed: Right) -> HttpResponse:
    """What a member gets whose role lacks a right: which roles have it."""
    roles = [str(role.label) for role in Member.Role if rights.may(role, needed)]
    context = {"desk": at, "says": rights.SAYS[needed], "roles": roles}
    return render(request, "desk/not_yours.html", context, status=403)
