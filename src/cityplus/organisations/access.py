"""Who comes to the workplace of an organisation: one decorator for all its pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from cityplus.cities.models import City
from cityplus.organisations.models import Organisation, OrganisationError
from cityplus.organisations.roles import SAYS, Right, Role, may, roles_with
from cityplus.people.models import Person

View = Callable[..., HttpResponseBase]
FRAME = "organisations/work/frame.html"
"""What all pages of a workplace stand in, those of the rooms above too: its blocks are ``desk_title``, ``desk_head`` and ``part``, as those
of the desk of a city; it needs the workplace as ``at``."""


@dataclass(frozen=True)
class Workplace:
    """A person at the workplace of an organisation, as its delegate."""

    organisation: Organisation
    person: Person
    role: str

    @property
    def by(self) -> str:
        """The name under which deeds are recorded."""
        return self.person.get_username()

    @property
    def role_name(self) -> str:
        return str(Role(self.role).label)

    @property
    def public(self) -> bool:
        """Whether it is verified, so that it holds events, offers and meets."""
        return self.organisation.state == "verified" and self.organisation.city.stage in City.PUBLIC

    def may(self, right: Right | str) -> bool:
        """Of one that is closed all is read and nothing done, but that delegates leave."""
        return may(self.role, Right(right)) and (Right(right) == Right.SEE or self.organisation.state != "closed")


def workplace(right: Right, **methods: Right) -> Callable[[View], View]:
    """Let a view be asked as ``view(request, workplace, …)`` by the delegates of the organisation ``handle`` who have this right;
    ``POST=…`` asks for another right when something is sent.

    Strangers get 404, the same for an organisation that there is and for one that there is not. A delegate whose role lacks the right
    gets 403 with a sentence.
    """

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def wrapped(request: HttpRequest, handle: str, **kwargs: Any) -> HttpResponseBase:
            at = place(request.user, handle)
            if at is None:
                return render(request, "organisations/work/not_found.html", status=404)
            needed = methods.get(str(request.method), right)
            if not at.may(needed):
                return not_yours(request, at, needed)
            try:
                return view(request, at, **kwargs)
            except OrganisationError as refusal:  # it was closed since it was looked at above
                messages.error(request, str(refusal))
                return redirect("organisations:work", handle)

        return wrapped

    return decorate


def place(person: Any, handle: str) -> Workplace | None:
    """The workplace of the organisation ``handle``, for its delegates; None for everybody else."""
    if not person.is_authenticated or not person.is_active:
        return None
    found = Organisation.objects.select_related("actor", "city__actor", "logo").filter(actor__handle=handle).first()
    role = found.delegates.filter(person=person.pk).values_list("role", flat=True).first() if found else None
    return Workplace(found, person, role) if found and role else None


def not_yours(request: HttpRequest, at: Workplace, needed: Right) -> HttpResponse:
    """What a delegate gets whose role lacks a right: which roles have it."""
    roles = [str(Role(role).label) for role in roles_with(needed)]
    closed = may(at.role, needed)
    context = {"at": at, "says": SAYS[needed], "roles": roles, "closed": closed}
    return render(request, "organisations/work/not_yours.html", context, status=403)
