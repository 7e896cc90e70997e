from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cityplus import pulse
from cityplus.ceremonies.models import Ceremony
from cityplus.cities.choosing import nearest
from cityplus.cities.models import City
from cityplus.events.filters import of_city
from cityplus.lib.geo import distance
from cityplus.portal import news
from cityplus.portal.views.card import card_of_city
from cityplus.routes.models import Route
from cityplus.social.rendering.showing import latest
from cityplus.social.speakers.acting import acting
from cityplus.ties.models import Tie
from cityplus.web.cardpages import address
from cityplus.web.pagecache import keep

FRIENDS, OTHERS, NEIGHBOURS, ROUTES = 24, 12, 6, 12
"""How many friends, other members (of these so many neighbours) and routes the page shows; it says where the others are."""


@require_safe
@keep
def city_page(request: HttpRequest, handle: str) -> HttpResponse:
    """A city: star chart, routes, ties, strengths, what is new."""
    visible = City.objects.visible_to(request.user).for_cards().prefetch_related("strengths", "contacts", "steps")
    city = get_object_or_404(visible, actor__handle=handle)
    if city.stage in City.PUBLIC:
        pulse.counts(request, "city", *city.subjects)
    reader, voice = acting(request)
    said = {"said": latest(city.actor, reader), "voice": voice}
    return render(request, "portal/city.html", {**city_context(request.user, city), **said})


def city_context(person: Any, city: City) -> dict[str, Any]:
    """What the page of a city shows to a person. The city may be one that was changed in memory alone: the desk looks at drafts so."""
    ties = list(Tie.objects.public().of(city).with_cities().order_by("since", "id")[: FRIENDS + 1])
    friends = [(tie, tie.other(city)) for tie in ties[:FRIENDS]]
    routes = list(Route.objects.visible_to(person).filter(city=city, state="published").for_cards()[: ROUTES + 1])
    card = card_of_city(city)
    return {
        "city": city,
        "friends": [
            {"tie": tie, "city": friend, "metres": distance(city.point, friend.point)} for tie, friend in friends
        ],
        "others": [
            {"city": other, "metres": distance(city.point, other.point)}
            for other in _others(city, [friend for _, friend in friends])
        ],
        "more_friends": len(ties) > FRIENDS,
        "routes": routes[:ROUTES],
        "more_routes": len(routes) > ROUTES,
        "events": list(
            of_city(city)
            .filter(ends_at__gte=timezone.now(), state="published")
            .for_cards()
            .order_by("starts_at", "pk")[:3]
        ),
        "members": City.objects.filter(stage="launched").count(),
        "news": news.latest(5, city.handle),
        "launch": Ceremony.objects.filter(
            kind="launch", takings__city=city, takings__order=0, announced=True, state__in=Ceremony.OVER
        ).first(),
        "card_url": address(reverse("portal:city-card", args=[city.handle]), card),
        "card_alt": card.alt,
    }


def _others(city: City, friends: Sequence[City]) -> list[City]:
    """Members that are no friends: neighbours first, then the first members of the network, in the order of their numbers."""
    launched = City.objects.filter(stage="launched").select_related("actor")
    known = {city.pk, *(friend.pk for friend in friends)}
    near = [other for other in nearest(launched, city, NEIGHBOURS) if other.pk not in known]
    known |= {other.pk for other in near}
    first = launched.exclude(pk__in=known).order_by("number")[: OTHERS - len(near)]
    return sorted([*near, *first], key=lambda other: (other.number or 0, other.pk))
