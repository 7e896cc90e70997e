from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cityplus.cities.lights import lights
from cityplus.cities.models import City
from cityplus.events import filters
from cityplus.events.models import Event
from cityplus.portal import news
from cityplus.portal.few import LINES, NAMED, newest_ties, well_known
from cityplus.portal.views.card import card_of_home
from cityplus.pulse import NETWORK, counted, totals
from cityplus.routes.models import Route
from cityplus.routes.tally import Tally, tally
from cityplus.ties.models import Tie
from cityplus.ties.tally import public_ties
from cityplus.web.cardpages import address
from cityplus.web.pagecache import keep

CARDS, ROUTES, EVENTS, NEWS = 12, 6, 3, 6
"""How many city cards, route cards, events and news the page has at most; it says where the others are."""


@require_safe
@keep
@counted("home")
def home(request: HttpRequest) -> HttpResponse:
    """The night globe with every member's light and the names of some, what is new, the newest cities and routes, the true numbers."""
    named, ties, counts = well_known(NAMED), newest_ties(LINES), tally()
    numbers = {
        "cities": City.objects.filter(stage="launched").count(),
        "ties": public_ties(),
        "routes": counts.routes,
        "stops": counts.stops,
        "views": totals(NETWORK).views,
    }
    card = card_of_home(named, ties)
    context = {
        "cities": named,
        "city_cards": _cards(counts),
        "lights": f"{reverse('members-packed')}?v={lights().version}",
        "tie_lines": [[round(x, 3) for end in (tie.first, tie.second) for x in (end.lat, end.lon)] for tie in ties],
        "routes": Route.objects.public().for_cards()[:ROUTES],
        "events": list(filters.coming(Event.objects.public().filter(state="published")).for_cards()[:EVENTS]),
        "news": news.latest(NEWS),
        "card_url": address(reverse("portal:home-card"), card),
        "card_alt": card.alt,
        "numbers": numbers,
    }
    return render(request, "portal/home.html", context)


def _cards(counts: Tally) -> list[dict[str, Any]]:
    """The newest members, in the order of their numbers."""
    newest = list(City.objects.filter(stage="launched").for_cards().order_by("-number")[:CARDS])
    tied = _tied(newest)
    return [{"city": city, "ties": tied.count(city.pk), "routes": counts.routes_of(city)} for city in reversed(newest)]


def _tied(cities: Sequence[City]) -> list[int]:
    """The keys of both ends of every tie of these cities."""
    pairs = Tie.objects.public().of(*cities).order_by().values_list("first", "second")
    return [key for pair in pairs for key in pair]
