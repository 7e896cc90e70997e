from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cityplus.cities.models import City
from cityplus.pulse import counted
from cityplus.routes.models import Route
from cityplus.routes.tally import tally
from cityplus.web.pagecache import keep
from cityplus.web.paging import page_of

SIZE = 24
"""Routes a page."""


@require_safe
@keep
@counted("routes")
def index(request: HttpRequest) -> HttpResponse:
    """The published routes of the network, or (``?of=handle``) of one city, the newest first."""
    handle = request.GET.get("of", "")
    city = get_object_or_404(City.objects.visible_to(request.user), actor__handle=handle) if handle else None
    routes = (
        Route.objects.visible_to(request.user).filter(state="published", city=city) if city else Route.objects.public()
    )
    page = page_of(routes.for_cards(), request.GET, ["-published_at", "-id"], size=SIZE, filters={"of": handle})
    total = routes.count() if city else tally().routes
    return render(request, "routes/index.html", {"page": page, "city": city, "total": total})
