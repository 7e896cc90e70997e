"""Which registrations a browser may see: those of the person who is signed in, and those whose link was opened in it an hour ago or
less."""

from __future__ import annotations

import time

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from cityplus.events.models import Event, Registration
from cityplus.events.registering.form import organisations_of

_KEY = "events.registrations"
AN_HOUR = 3600


def open_in(request: HttpRequest, registration: Registration) -> None:
    """Let this browser see it for an hour."""
    request.session[_KEY] = {**_opened(request), str(registration.pk): int(time.time()) + AN_HOUR}


def known(request: HttpRequest, event: Event) -> QuerySet[Registration]:
    """Those of this event, one's own and those of organisations for which one deals."""
    may = Q(pk__in=[int(pk) for pk in _opened(request)])
    if request.user.is_authenticated:
        may |= Q(person=request.user.pk) | Q(organisation__in=[one.pk for one in organisations_of(request.user)])
    rows = Registration.objects.filter(may, event=event).exclude(state="cancelled")
    return rows.select_related("event", "venue__city__actor", "organisation__actor").order_by("pk")


def _opened(request: HttpRequest) -> dict[str, int]:
    now = time.time()
    return {pk: until for pk, until in request.session.get(_KEY, {}).items() if until > now}
