from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cityplus import pulse
from cityplus.routes.views.card import card_of_stop
from cityplus.routes.walkthrough import walkthrough
from cityplus.web.cardpages import address
from cityplus.web.pagecache import keep


@require_safe
@keep
def stop(request: HttpRequest, handle: str, slug: str, number: int) -> HttpResponse:
    """One stop on its own page: to be linked, shared and found."""
    walk = walkthrough(request.user, handle, slug)
    if not 1 <= number <= len(walk.stops):
        raise Http404
    part = walk.parts()[number - 1]
    if walk.route.is_public:
        pulse.counts(request, "stop", *part["stop"].subjects)
    card = card_of_stop(walk, part["stop"])
    context = {
        "walk": walk,
        "route": walk.route,
        "part": part,
        "stop": part["stop"],
        "card_url": address(reverse("routes:stop-card", args=[handle, slug, number]), card),
        "card_alt": card.alt,
    }
    return render(request, "routes/stop.html", context)
