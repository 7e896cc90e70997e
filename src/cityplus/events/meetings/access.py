"""Who comes in where: organisers to the console of the meetings, delegates who deal for an organisation to its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cityplus.events.models import Event, Registration
from cityplus.organisations.models import Organisation
from cityplus.organisations.roles import RIGHTS, Right

View = Callable[..., HttpResponseBase]
DEALERS = [role for role, rights in RIGHTS.items() if Right.DEAL in rights]


def _event(request: HttpRequest, handle: str, slug: str) -> Event:
    return get_object_or_404(Event.objects.visible_to(request.user).at(handle, slug))


def _too_late(request: HttpRequest, event: Event) -> bool:
    """Whether somebody would change meetings of an event that is over; they are told that these stay as they were."""
    if request.method != "POST" or not event.is_over:
        return False
    messages.error(request, _("The event is over; its meetings stay as they were."))
    return True


def as_organiser(view: View) -> View:
    """For those who speak for an organiser that agreed; for everybody else there is no such page."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, handle: str, slug: str, **kwargs: Any) -> HttpResponseBase:
        event = _event(request, handle, slug)
        if not event.may_edit(request.user):
            raise Http404
        if _too_late(request, event):
            return redirect("meetings:console", handle, slug)
        return view(request, event, **kwargs)

    return wrapped


def signed_in(view: View) -> View:
    """For everybody with an account; others are asked to sign in, whatever they asked for of an event that they may see."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, handle: str, slug: str, **kwargs: Any) -> HttpResponseBase:
        event = _event(request, handle, slug)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, event, **kwargs)

    return wrapped


def as_dealer(view: View) -> View:
    """For the delegates who deal for an organisation that is registered for the event."""

    @signed_in
    @wraps(view)
    def wrapped(request: HttpRequest, event: Event, organisation: str, **kwargs: Any) -> HttpResponseBase:
        found = get_object_or_404(registered(request, event), organisation__actor__handle=organisation)
        if _too_late(request, event):
            return redirect("meetings:party", event.host.handle, event.slug, organisation)
        return view(request, event, found, **kwargs)

    return wrapped


def registered(request: HttpRequest, event: Event) -> Any:
    """The confirmed registrations of organisations for which this person deals, one of each."""
    mine = Organisation.objects.public().filter(delegates__person=request.user.pk, delegates__role__in=DEALERS)
    rows = Registration.objects.filter(event=event, state="confirmed", organisation__in=mine.values("pk"))
    last = {organisation: pk for pk, organisation in rows.order_by("pk").values_list("pk", "organisation")}
    return rows.filter(pk__in=last.values()).select_related("organisation__actor", "venue", "event")
