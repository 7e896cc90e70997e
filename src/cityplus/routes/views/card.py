from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.media.models import Medium
from cityplus.media.stills import still
from cityplus.routes.models import Stop
from cityplus.routes.walkthrough import Walkthrough, walkthrough
from cityplus.web.cardpages import answer
from cityplus.web.cards import Card
from cityplus.web.lettering import Words, dotted


@require_safe
def route_card(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """The card of a route: its cover, its title and what it asks of a walker."""
    walk = walkthrough(request.user, handle, slug)
    return answer(request, card_of_route(walk), still(walk.route.cover).pixels)


@require_safe
def stop_card(request: HttpRequest, handle: str, slug: str, number: int) -> HttpResponse:
    """The card of a stop: its picture and its name."""
    walk = walkthrough(request.user, handle, slug)
    if not 1 <= number <= len(walk.stops):
        raise Http404
    stop = walk.stops[number - 1]
    return answer(request, card_of_stop(walk, stop), still(_picture_of(walk, stop)).pixels)


def card_of_route(walk: Walkthrough) -> Card:
    """What stands on a route's card in the language of the page."""
    route, tag, count = walk.route, reader_tag(), len(walk.stops)
    stops = ngettext("%(count)s stop", "%(count)s stops", count) % {"count": formats.number(count, tag)}
    mode = str(route.get_mode_display())
    facts = [stops, formats.duration(route.minutes, tag), mode[:1].lower() + mode[1:]]
    line = dotted([fact.replace(" ", "\u00a0") for fact in facts])  # each on one line
    return Card(
        tag,
        Words.native(route.title),
        second=Words.read(route.title, tag),
        line=Words(line, tag),
        kicker=Words.native(route.city.actor.names),
        hue=route.city.hue,
        picture=still(route.cover).name,
    )


def card_of_stop(walk: Walkthrough, stop: Stop) -> Card:
    """What stands on a stop's card in the language of the page."""
    route, tag = walk.route, reader_tag()
    numbers = {"n": formats.number(stop.number, tag), "total": formats.number(len(walk.stops), tag)}
    return Card(
        tag,
        Words.native(stop.title),
        second=Words.read(stop.title, tag),
        line=Words(dotted([route.title.in_language(tag), route.city.actor.names.in_language(tag)]), tag),
        kicker=Words(gettext("Stop %(n)s of %(total)s") % numbers, tag),
        hue=route.city.hue,
        picture=still(_picture_of(walk, stop)).name,
    )


def _picture_of(walk: Walkthrough, stop: Stop) -> Medium | None:
    """The stop's first picture, or else the cover of its route."""
    return next(iter(stop.pictures), walk.route.cover)
