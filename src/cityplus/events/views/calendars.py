"""Calendars to subscribe to: of an event, a city, a pair, and one's own at a secret address."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cityplus.cities.models import City
from cityplus.events import calendars
from cityplus.events.filters import of_both, of_city
from cityplus.events.models import CalendarKey, Event, Registration
from cityplus.events.registering.known import known
from cityplus.events.views.fetching import find
from cityplus.languages.tags import reader_tag
from cityplus.people.models import Person

_SALT = "events.calendar"
AGO = timedelta(days=365)
"""How far back calendars go."""
MOST = 500
"""Events of a calendar. Of more, those that are furthest back are left out."""


@require_safe
def of_event(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    event = find(request, handle, slug)
    return answer(request, calendars.of_event(event), event.slug)


@require_safe
def of_a_city(request: HttpRequest, handle: str) -> HttpResponse:
    """What a city holds, and what takes place in it."""
    city = get_object_or_404(City.objects.public().select_related("actor"), actor__handle=handle)
    name = city.actor.names.in_language(reader_tag())
    return answer(request, calendars.of_events(name, _recent(of_city(city))), city.handle)


@require_safe
def of_pair(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """What concerns both cities: each of them holds it, or it takes place there."""
    pair = [
        get_object_or_404(City.objects.public().select_related("actor"), actor__handle=one) for one in (first, second)
    ]
    if first >= second:
        raise Http404
    found = of_both(*pair)
    name = " · ".join(city.actor.names.in_language(reader_tag()) for city in pair)
    return answer(request, calendars.of_events(name, _recent(found)), f"{first}-{second}")


def _recent(found: object) -> list[Event]:
    events = Event.objects.filter(pk__in=found.values("pk"), ends_at__gt=timezone.now() - AGO)  # type: ignore[attr-defined]
    return list(events.for_cards().order_by("-starts_at", "-pk")[:MOST])[::-1]


@never_cache
@require_safe
def of_person(request: HttpRequest, key: str) -> HttpResponse:
    """What somebody is registered for, at the address that they alone know; one that was renewed is no more."""
    try:
        number, _dot, count = signing.Signer(salt=_SALT).unsign(key).partition(".")
    except signing.BadSignature:
        raise Http404 from None
    mine = get_object_or_404(
        CalendarKey.objects.select_related("person"), person=number, number=count, person__is_active=True
    )
    rows = Registration.objects.filter(person=mine.person, event__ends_at__gt=timezone.now() - AGO)
    rows = rows.exclude(state__in=("cancelled", "refused")).select_related("event__cover", "venue")
    rows = rows.prefetch_related(
        "event__venues", "event__hosting__actor", "event__cover__renditions", "seats__session__venue"
    )
    return answer(request, calendars.of_person(rows.order_by("event__starts_at", "pk")), "my-events")


@never_cache
@require_safe
def of_place(request: HttpRequest, handle: str, slug: str, number: int) -> HttpResponse:
    """One's own place as a file: in the hall to which one comes, with one's sessions. The same entry that the letter brought."""
    event = find(request, handle, slug)
    row = get_object_or_404(known(request, event), pk=min(number, 2**63 - 1))
    return answer(request, calendars.of_person([row]), event.slug)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """One's own events, and the secret address of the calendar with them; POST has another address made."""
    assert isinstance(request.user, Person)  # noqa: S101 - signed in
    key = CalendarKey.of(request.user)
    if request.method == "POST":
        key.renew()
        return redirect("events:own")
    secret = signing.Signer(salt=_SALT).sign(f"{request.user.pk}.{key.number}")
    rows = Registration.objects.filter(person=request.user, event__ends_at__gt=timezone.now()).exclude(
        state="cancelled"
    )
    rows = rows.select_related("event", "venue__city__actor").prefetch_related("event__hosting__actor")
    rows = rows.order_by("event__starts_at", "pk")
    return render(request, "events/own.html", {"secret": secret, "rows": rows})


def answer(request: HttpRequest, body: bytes, name: str) -> HttpResponse:
    etag = quote_etag(hashlib.blake2b(body, digest_size=12).hexdigest())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
