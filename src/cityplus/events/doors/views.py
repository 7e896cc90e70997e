"""A door: one page that works without a script, its list, its scans and its walk-ins; and the link of a steward."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cityplus import limits
from cityplus.events.doors import access, walkins, words
from cityplus.events.doors.access import Keeper, Pass, as_keeper
from cityplus.events.doors.forms import WalkInForm
from cityplus.events.doors.listing import list_of
from cityplus.events.doors.live import NONCE
from cityplus.events.doors.taking import Seen, Sent, said_by, write_one
from cityplus.events.errors import DoorError
from cityplus.events.models import Attendance, Event, Registration, Scan, Steward, Ticket, Venue
from cityplus.limits import Limit

FOUND = 20
"""Names that a search shows."""
WALK_INS = Limit("walk-ins of a keeper of a door", 300, 3600)
"""Each has a letter sent; a steward has nothing but a link."""
CAMERA = "accelerometer=(), camera=(self), display-capture=(), microphone=(), payment=(), usb=(), geolocation=(self)"


@require_safe
@as_keeper
def door(request: HttpRequest, event: Event, venue: Venue, keeper: Keeper) -> HttpResponse:
    """The page of a door; ``q`` looks for a name."""
    return _page(request, event, venue, keeper)


@require_POST
@as_keeper
def scans(request: HttpRequest, event: Event, venue: Venue, keeper: Keeper) -> HttpResponse:
    """One code that was typed, or one registration by hand with a ``reason``. The same nonce again is the same scan."""
    said = request.POST
    number = said.get("registration", "")
    seen = Seen(
        _nonce(request),
        timezone.now(),
        leaves=said.get("leaves") == "yes",
        how="hand" if number else "typed",
        code=said_by(said.get("code", ""), 400),
        registration=int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0,
        reason=said_by(said.get("reason", ""), 300),
    )
    if number and not seen.reason:
        return _page(request, event, venue, keeper, trouble=_("Say why they are let in by hand."), status=422)
    with transaction.atomic():
        scan = _write(event, venue, keeper, seen)
    return _page(request, event, venue, keeper, scan=scan)


@require_POST
@as_keeper
def walk_ins(request: HttpRequest, event: Event, venue: Venue, keeper: Keeper) -> HttpResponse:
    """Register somebody who stands at the door, and let them in."""
    form, nonce = WalkInForm(request.POST, event=event, team=keeper.team), _nonce(request)
    if not form.is_valid():
        return _page(request, event, venue, keeper, walk_in=form, status=422)
    limits.take(WALK_INS.by(event.pk, keeper.person, keeper.steward))
    known = {"reason": "", **form.cleaned_data}
    del known["consent"]
    try:
        with transaction.atomic():
            walkins.hold(event)
            scan = Scan.objects.filter(event=event, nonce=nonce).first()
            if scan is None:
                row, _new = walkins.admit(venue, **known, keeper=keeper)
                why = known["reason"] or _("Registered at the door")
                seen = Seen(nonce, timezone.now(), how="walk-in", registration=row.pk, reason=why)
                scan = _write(event, venue, keeper, seen)
    except DoorError as error:
        return _page(request, event, venue, keeper, walk_in=form, trouble=str(error), status=409)
    return _page(request, event, venue, keeper, scan=scan)


@require_safe
@as_keeper
def names(request: HttpRequest, event: Event, venue: Venue, keeper: Keeper) -> JsonResponse:
    """The signed list, for phones."""
    return JsonResponse(list_of(event))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def steward(request: HttpRequest, handle: str, slug: str, token: str) -> HttpResponse:
    """What a steward's link opens: a page with a button, for programs that look into letters follow every link. POST lets this browser
    open the doors of the event."""
    event = access.event_of(request, handle, slug)
    found = Steward.of_token(event, token)
    if found is None or not access.has_doors(event):
        raise Http404
    if request.method == "POST":
        access.welcome(request, found)
    opened = request.method == "POST"
    venues = list(event.venues.all())
    if opened and len(venues) == 1:
        return redirect("doors:door", handle, slug, venues[0].pk)
    context = {"event": event, "host": event.host, "steward": found, "opened": opened, "venues": venues}
    answer = render(request, "events/doors/steward.html", context)
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer


def _write(event: Event, venue: Venue, keeper: Keeper, seen: Seen) -> Scan:
    now = datetime.now(UTC)
    given = Pass(event.pk, venue.pk, keeper.person, keeper.steward)
    return write_one(event, Sent(given, f"page-{keeper.person}-{keeper.steward}", now, 0, (seen,)), keeper, now)


def _nonce(request: HttpRequest) -> str:
    said = request.POST.get("nonce", "")
    return said if NONCE.fullmatch(said) else secrets.token_hex(16)


def _page(
    request: HttpRequest,
    event: Event,
    venue: Venue,
    keeper: Keeper,
    scan: Scan | None = None,
    **more: Any,
) -> HttpResponse:
    """The page; ``more``: a ``trouble`` in words, the ``walk_in`` form as it was sent, and the ``status`` of the answer."""
    venues = list(event.venues.all())
    attendance = Attendance.objects.filter(event=event, venue=venue)
    asked = said_by(request.GET.get("q", ""), 100)
    context: dict[str, Any] = {
        "event": event,
        "host": event.host,
        "venue": venue,
        "venues": venues,
        "keeper": keeper,
        "verdict": words.verdict_of(scan) if scan else None,
        "ticket": _ticket(scan),
        "trouble": more.get("trouble", ""),
        "came": attendance.count(),
        "inside": attendance.filter(inside=True).count(),
        "asked": asked,
        "found": _named(event, asked) if asked else [],
        "walk_in": more.get("walk_in") or WalkInForm(event=event, team=keeper.team),
        "nonce": secrets.token_hex(16),
        "phone": {
            "pass": str(Pass(event.pk, venue.pk, keeper.person, keeper.steward)),
            "event": event.pk,
            "venue": venue.pk,
            "zone": venue.time_zone,
            "words": words.for_phones(venues),
        },
    }
    answer = render(request, "events/doors/door.html", context, status=more.get("status", 200))
    answer.headers["Permissions-Policy"] = CAMERA
    return answer


def _ticket(scan: Scan | None) -> str:
    """What may be told to who registered at the door, for coming back."""
    if scan is None or scan.how != "walk-in" or scan.registration is None:
        return ""
    return Ticket.of(scan.registration).typed()


def _named(event: Event, asked: str) -> list[Registration]:
    rows = Registration.objects.filter(event=event, name__icontains=asked).select_related(
        "organisation__actor", "attendance"
    )
    return list(rows.exclude(state__in=("cancelled", "refused")).order_by("name", "pk")[:FOUND])
