from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cityplus.cities.models import City
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.portal import news
from cityplus.portal.views.card import card_of_home
from cityplus.pulse import NETWORK, counted, totals
from cityplus.routes.models import Route, Stop
from cityplus.ties.models import Tie
from cityplus.web.cardpages import address
from cityplus.web.pagecache import keep


@require_safe
@keep
@counted("home")
def home(request: HttpRequest) -> HttpResponse:
    """The night globe with every member's light, what is new, the routes and the true numbers."""
    cities = list(City.objects.visible_to(request.user).filter(stage="launched").for_cards())
    ties = list(Tie.objects.public().with_cities())
    routes = list(Route.objects.visible_to(request.user).filter(state="published").for_cards())
    tied = {city.pk: sum(city.pk in {t.first_id, t.second_id} for t in ties) for city in cities}
    routed = {city.pk: sum(r.city_id == city.pk for r in routes) for city in cities}
    card = card_of_home(cities, ties)
    context = {
        "cities": cities,
        "city_cards": [{"city": city, "ties": tied[city.pk], "routes": routed[city.pk]} for city in cities],
        "tie_pairs": [[tie.first.handle, tie.second.handle] for tie in ties],
        "routes": routes[:6],
        "news": news.latest(6),
        "card_url": address(reverse("portal:home-card"), card),
        "card_alt": card.alt,
        "numbers": {
            "cities": len(cities),
            "ties": len(ties),
            "routes": len(routes),
            "stops": Stop.objects.filter(route__in=[route.pk for route in routes]).count(),
            "languages": len(UI_LANGUAGES),
            "views": totals(NETWORK).views,
        },
    }
    return render(request, "portal/home.html", context)
