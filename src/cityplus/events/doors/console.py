"""The console of the day: who came, live; doors and their stewards; lists and badges to print."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cityplus.events.doors import access, counting, printing, words
from cityplus.events.doors.access import as_leader
from cityplus.events.doors.forms import StewardForm
from cityplus.events.models import Event, Registration, Steward, Venue
from cityplus.web.addresses import absolute


@require_safe
@as_leader
def overview(request: HttpRequest, event: Event) -> HttpResponse:
    """All of it on one page; ``#console-live`` is brought anew while the doors work."""
    return _page(request, event)


@require_POST
@as_leader
def stewards(request: HttpRequest, event: Event) -> HttpResponse:
    """Appoint a steward; the page that answers shows their link, this once."""
    form = StewardForm(request.POST)
    if not form.is_valid():
        return _page(request, event, form=form, status=422)
    made, token = Steward.appoint(event, form.cleaned_data["name"], by=request.user.get_username())
    link = absolute(reverse("doors:steward", args=[event.host.handle, event.slug, token]))
    return _page(request, event, made=made, link=link)


@require_POST
@as_leader
def steward_end(request: HttpRequest, event: Event, steward: int) -> HttpResponse:
    """End the right of a steward, in open pages too."""
    get_object_or_404(event.stewards, pk=min(steward, 2**63 - 1)).end(by=request.user.get_username())
    return redirect("doors:console", event.host.handle, event.slug)


@require_safe
@as_leader
def names_pdf(request: HttpRequest, event: Event, venue: int, part: int) -> HttpResponse:
    hall = _hall(event, venue, part, printing.NAMES)
    return printing.paper(
        "names.typ", printing.list_book(event, hall, part), f"{event.slug}-{hall.pk}-names-{part}.pdf"
    )


@require_safe
@as_leader
def badges_pdf(request: HttpRequest, event: Event, venue: int, part: int) -> HttpResponse:
    hall = _hall(event, venue, part, printing.BADGES)
    return printing.paper(
        "badges.typ", printing.badge_book(event, hall, part), f"{event.slug}-{hall.pk}-badges-{part}.pdf"
    )


def _hall(event: Event, venue: int, part: int, size: int) -> Venue:
    hall: Venue = get_object_or_404(event.venues, pk=min(venue, 2**63 - 1))
    if part not in printing.parts(printing.coming(event, hall).count(), size):
        raise Http404
    return hall


def _page(
    request: HttpRequest,
    event: Event,
    *,
    form: StewardForm | None = None,
    made: Steward | None = None,
    link: str = "",
    status: int = 200,
) -> HttpResponse:
    halls = counting.halls(event)
    context: dict[str, Any] = {
        "event": event,
        "host": event.host,
        "halls": halls,
        "total": counting.total(halls),
        "waiting": Registration.objects.filter(event=event, state="waiting").count(),
        "sectors": counting.sectors(event),
        "latest": [(scan, words.verdict_of(scan)) for scan in counting.latest(event)],
        "troubles": [(scan, words.verdict_of(scan)) for scan in counting.troubles(event)],
        "doors": _doors(event),
        "open": access.has_doors(event),
        "stewards": event.stewards.filter(ended_at=None),
        "form": form or StewardForm(),
        "made": made,
        "link": link,
    }
    return render(request, "events/doors/console.html", context, status=status)


def _doors(event: Event) -> list[dict[str, Any]]:
    """The halls with the parts of their papers."""
    found = []
    for venue in event.venues.all():
        many = printing.coming(event, venue).count()
        names, badges = (printing.parts(many, size) for size in (printing.NAMES, printing.BADGES))
        found.append(
            {
                "venue": venue,
                "many": many,
                "names": names,
                "badges": badges,
                "unprinted": printing.unprinted(event, venue),
            }
        )
    return found
