from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cityplus import pulse
from cityplus.cities.models import City
from cityplus.lib.geo import distance
from cityplus.portal import news
from cityplus.portal.views.card import card_of_city
from cityplus.routes.models import Route
from cityplus.ties.models import Tie
from cityplus.web.cardpages import address
from cityplus.web.pagecache import keep


@require_safe
@keep
def city_page(request: HttpRequest, handle: str) -> HttpResponse:
    """A city: star chart, routes, ties, strengths, what is new."""
    visible = City.objects.visible_to(request.user).for_cards().prefetch_related("strengths", "contacts", "steps")
    city = get_object_or_404(visible, actor__handle=handle)
    if city.stage in City.PUBLIC:
        pulse.counts(request, "city", *city.subjects)
    return render(request, "portal/city.html", _context(request, city))


def _context(request: HttpRequest, city: City) -> dict[str, Any]:
    ties = list(Tie.objects.public().of(city).with_cities())
    friends = [(tie, tie.other(city)) for tie in ties]
    members = City.objects.visible_to(request.user).filter(stage="launched").exclude(pk=city.pk).for_cards()
    tied = {friend.pk for _, friend in friends}
    card = card_of_city(city)
    return {
        "city": city,
        "friends": [
            {"tie": tie, "city": friend, "metres": distance(city.point, friend.point)} for tie, friend in friends
        ],
        "others": [
            {"city": other, "metres": distance(city.point, other.point)} for other in members if other.pk not in tied
        ],
        "routes": list(Route.objects.visible_to(request.user).filter(city=city, state="published").for_cards()),
        "news": news.latest(5, city.handle),
        "card_url": address(reverse("portal:city-card", args=[city.handle]), card),
        "card_alt": card.alt,
    }
