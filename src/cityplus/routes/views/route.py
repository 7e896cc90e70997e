from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cityplus import pulse
from cityplus.routes.maps import map_context
from cityplus.routes.models import gaps
from cityplus.routes.views.card import card_of_route
from cityplus.routes.walkthrough import walkthrough
from cityplus.web.cardpages import address
from cityplus.web.pagecache import keep


@require_safe
@keep
def route(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """The whole route as one story: without JavaScript a long page with everything, with it one stop at a time."""
    walk = walkthrough(request.user, handle, slug)
    if walk.route.is_public:
        pulse.counts(request, "route", *walk.route.subjects)
    card = card_of_route(walk)
    social = {"card_url": address(reverse("routes:route-card", args=[handle, slug]), card), "card_alt": card.alt}
    lacking = gaps(walk.route) if walk.route.state != "published" else []
    context = {"walk": walk, "route": walk.route, "parts": walk.parts(), "gaps": lacking, **map_context(walk), **social}
    return render(request, "routes/route.html", context)
