"""What a route still lacks before everybody may see it: what every route needs, and what its city asks beyond that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cityplus.cities.gate import of_film, of_picture, of_sound, of_texts
from cityplus.cities.models import Rules
from cityplus.drafts import Gap
from cityplus.languages.tags import reader_tag

if TYPE_CHECKING:
    from cityplus.routes.models.route import Route
    from cityplus.routes.models.stop import Stop


def gaps(route: Route, stops: Sequence[Stop] | None = None) -> list[Gap]:
    """Everything that publishing this route needs and that is not there, for the reader; empty when it is ready.

    ``stops`` are those to look at where they are not those of the database; a path leads to a place of the route's document.
    """
    if stops is None:
        stops = list(route.stops.prefetch_related("links__medium__captions"))
    rules = Rules.of(route.city)
    found = list(_of_route(route, rules))
    if len(stops) < 2:
        found.append(Gap(_("A route needs at least two stops."), "order"))
    for stop in stops:
        found += _of_stop(stop, rules)
    return list(dict.fromkeys(found))


def _of_route(route: Route, rules: Rules) -> Iterator[Gap]:
    if not str(route.title).strip():
        yield Gap(_("The route has no title."), "title")
    if not str(route.summary).strip():
        yield Gap(_("The route has no summary."), "summary")
    if not route.theme:
        yield Gap(_("The route has no theme."), "theme")
    if not route.difficulty:
        yield Gap(_("The route does not say how much effort it takes."), "difficulty")
    if not route.minutes:
        yield Gap(_("The route does not say how long it takes."), "minutes")
    named = {"title": route.title, "summary": route.summary}
    yield from of_texts(rules, [(name, _text_of_route(name), text) for name, text in named.items()])
    if route.cover:
        yield from of_picture(route.cover)
    if route.film:
        yield from of_film(route.film, rules)


def _text_of_route(name: str) -> str:
    return {"title": _("The title of the route"), "summary": _("The summary of the route")}[name]


def _of_stop(stop: Stop, rules: Rules) -> Iterator[Gap]:
    at = f"stops/{stop.slug}"
    where = {"number": stop.number, "title": stop.title.in_language(reader_tag())}
    if not str(stop.title).strip():
        yield Gap(_("Stop %(number)s has no name.") % where, f"{at}/title")
    if not str(stop.story).strip():
        yield Gap(_("Stop %(number)s (%(title)s) has no story.") % where, f"{at}/story")
    if rules.access_notes and not str(stop.access).strip():
        yield Gap(_("Stop %(number)s (%(title)s) does not say how one gets in.") % where, f"{at}/access")
    texts = [
        (f"{at}/title", _("The name of stop %(number)s (%(title)s)") % where, stop.title),
        (f"{at}/story", _("The story of stop %(number)s (%(title)s)") % where, stop.story),
    ]
    yield from of_texts(rules, texts)
    for link in stop.links.all():
        if link.medium.kind == "picture":
            yield from of_picture(link.medium)
        elif link.medium.kind == "film":
            yield from of_film(link.medium, rules)
        else:
            yield from of_sound(link.medium, link.role, rules)
