from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cityplus.cities.models import City
from cityplus.lib.geo import distance
from cityplus.pulse import counted
from cityplus.ties.models import Tie
from cityplus.ties.tally import public_ties
from cityplus.web.pagecache import keep
from cityplus.web.paging import page_of

SIZE = 24
"""Ties a page."""


@require_safe
@keep
@counted("ties")
def index(request: HttpRequest) -> HttpResponse:
    """The friendships of the network, or (``?of=handle``) of one city, the oldest first, with since when and by what source."""
    handle = request.GET.get("of", "")
    city = get_object_or_404(City.objects.public().select_related("actor"), actor__handle=handle) if handle else None
    ties = Tie.objects.public().of(city) if city else Tie.objects.public()
    shown = ties.select_related("first__actor", "second__actor", "first__cover", "second__cover").prefetch_related(
        "first__cover__renditions", "second__cover__renditions"
    )
    page = page_of(shown, request.GET, ["since", "id"], size=SIZE, filters={"of": handle})
    items = [{"tie": tie, "metres": distance(tie.first.point, tie.second.point)} for tie in page.items]
    context = {"ties": items, "page": page, "city": city, "total": ties.count() if city else public_ties()}
    return render(request, "ties/index.html", context)
