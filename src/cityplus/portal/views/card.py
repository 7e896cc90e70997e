from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cityplus.cities.models import City
from cityplus.languages.tags import reader_tag
from cityplus.media.stills import still
from cityplus.portal.few import LINES, NAMED, newest_ties, well_known
from cityplus.ties.models import Tie
from cityplus.web.cardpages import answer
from cityplus.web.cards import Card
from cityplus.web.lettering import Words
from cityplus.web.skies import Star


@require_safe
def home_card(request: HttpRequest) -> HttpResponse:
    """The card of the network: its sky."""
    return answer(request, card_of_home(well_known(NAMED), newest_ties(LINES)), lambda: None)


@require_safe
def city_card(request: HttpRequest, handle: str) -> HttpResponse:
    """The card of a city: its cover and its names."""
    city = get_object_or_404(City.objects.visible_to(request.user).for_cards(), actor__handle=handle)
    return answer(request, card_of_city(city), still(city.cover).pixels)


def card_of_home(cities: Sequence[City], ties: Sequence[Tie]) -> Card:
    """What stands on the card of the network in the language of the page."""
    tag = reader_tag()
    place = {city.pk: index for index, city in enumerate(cities)}
    lead = gettext(
        "Friend cities draw the lines between them. Follow a line, walk a route, meet the people at the other end."
    )
    return Card(
        tag,
        Words(gettext("Every city is a light"), tag),
        line=Words(lead, tag),
        stars=tuple(Star(Words.native(city.actor.names), city.lat, city.lon) for city in cities),
        ties=tuple((place[t.first_id], place[t.second_id]) for t in ties if {t.first_id, t.second_id} <= place.keys()),
    )


def card_of_city(city: City) -> Card:
    """What stands on a city's card in the language of the page."""
    tag = reader_tag()
    number = gettext("Member number %(number)s") % {"number": city.number} if city.number else ""
    return Card(
        tag,
        Words.native(city.actor.names),
        second=Words.read(city.actor.names, tag),
        line=Words.read(city.tagline, tag),
        kicker=Words(number, tag) if number else None,
        hue=city.hue,
        picture=still(city.cover).name,
    )
