"""The open opportunities: as a page with its map and an equal list, as a feed and as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cityplus import pulse
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.opportunities import acting, filters, listing
from cityplus.opportunities.filters import chosen_in, fitting, query_of
from cityplus.opportunities.models import Opportunity
from cityplus.opportunities.models.queries import OpportunityQuerySet
from cityplus.opportunities.spots import spots
from cityplus.pulse import counted
from cityplus.web.pagecache import keep
from cityplus.web.paging import page_of

SIZE, FEED, FILE = 20, 50, 5000
"""A page, a feed, a file: how many each has at most."""


@require_safe
@keep
@counted("opportunities")
def index(request: HttpRequest) -> HttpResponse:
    """The open ones that this visitor may see, the newest first, by city, sector, kind, direction, language and size."""
    return _listed(request, chosen_in(request.GET), {})


@require_safe
@keep
def of_host(request: HttpRequest, handle: str) -> HttpResponse:
    """Those of one city or organisation. Of a city: its own and those of its organisations, as the filter has them."""
    if city := City.objects.public().filter(actor__handle=handle).first():
        pulse.counts(request, "opportunities-of", pulse.Subject.of("opportunities-of", city.actor_id), *city.subjects)
        return _listed(request, {**chosen_in(request.GET), "city": handle}, {})
    host = get_object_or_404(
        Actor.objects.there(), handle=handle, kind=Actor.Kind.ORGANISATION, organisation__state="verified"
    )
    pulse.counts(request, "opportunities-of", pulse.Subject.of("opportunities-of", host.pk))
    return _listed(request, chosen_in(request.GET), {"host": host})


def _listed(request: HttpRequest, chosen: dict[str, str], of: dict[str, Any]) -> HttpResponse:
    there = _open(request)
    found = fitting(there.filter(**of), chosen)
    page = page_of(found.for_lists(), request.GET, ["-published_at", "-id"], size=SIZE, filters=chosen)
    query, offered = query_of(chosen), filters.choices(there)
    context = {
        "page": page,
        "spots": spots(page.items),
        "chosen": chosen,
        "query": query,
        "filtered": bool(query),
        "total": found.count(),
        "choices": offered,
        "sectors": filters.sector_choices(),
        "words": filters.in_words(chosen, offered),
        "here": reverse("opportunities:index"),
        "signed_in": acting.signed_in(request.user),
        **of,
    }
    return render(request, "opportunities/index.html", context)


@require_safe
@keep(clocks=False)
def feed(request: HttpRequest) -> HttpResponse:
    """The newest that everybody may see, for each filter, in the language of the address."""
    chosen = chosen_in(request.GET)
    found = list(
        fitting(Opportunity.objects.public().open(), chosen).for_lists().order_by("-published_at", "-id")[:FEED]
    )
    query = query_of(chosen)
    home, here = (
        f"{reverse(name)}{f'?{query}' if query else ''}" for name in ("opportunities:index", "opportunities:atom")
    )
    newest = max((max(one.changed_at, one.published_at or one.made_at) for one in found), default=None)
    title = listing.title_of(filters.in_words(chosen))
    body = listing.as_atom(found, title=title, home=home, here=here, name=query, newest=newest)
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


@require_safe
def csv_file(request: HttpRequest) -> HttpResponse:
    """All that the filter leaves for this visitor, as CSV."""
    found = fitting(_open(request), chosen_in(request.GET)).for_lists().order_by("-published_at", "-id")[:FILE]
    lines = listing.as_csv(listing.COLUMNS, map(listing.row_of, found))
    return as_file("".join(lines), f"opportunities-{timezone.now():%Y-%m-%d}.csv")


def as_file(lines: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _open(request: HttpRequest) -> OpportunityQuerySet:
    """What is listed: what is open, and shown, and this visitor may see. A draft of one's own is in no list of the public's."""
    shown = Opportunity.objects.shown().open()
    return shown.filter(pk__in=Opportunity.objects.visible_to(request.user).values("pk"))
