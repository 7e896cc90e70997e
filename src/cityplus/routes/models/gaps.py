"""What a draft still lacks before everybody may see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cityplus.languages.tags import reader_tag

if TYPE_CHECKING:
    from cityplus.media.models import Medium
    from cityplus.routes.models.route import Route
    from cityplus.routes.models.stop import Stop


class NotReady(ValueError):
    """A route that cannot be published yet; ``gaps`` are sentences that say what is missing, and where."""

    def __init__(self, gaps: list[str]) -> None:
        super().__init__(" ".join(gaps))
        self.gaps = gaps


def gaps(route: Route) -> list[str]:
    """Everything that publishing this route needs and that is not there, as sentences for the reader; empty when it is ready."""
    stops = list(route.stops.prefetch_related("links__medium"))
    found = list(_of_route(route))
    if len(stops) < 2:
        found.append(_("A route needs at least two stops."))
    for stop in stops:
        found += _of_stop(stop)
    return found


def _of_route(route: Route) -> Iterator[str]:
    if not str(route.title).strip():
        yield _("The route has no title.")
    if not str(route.summary).strip():
        yield _("The route has no summary.")
    if not route.theme:
        yield _("The route has no theme.")
    if not route.difficulty:
        yield _("The route does not say how much effort it takes.")
    if not route.minutes:
        yield _("The route does not say how long it takes.")
    if route.cover:
        yield from _of_picture(route.cover)


def _of_stop(stop: Stop) -> Iterator[str]:
    where = {"number": stop.number, "title": stop.title.in_language(reader_tag())}
    if not str(stop.title).strip():
        yield _("Stop %(number)s has no name.") % where
    if not str(stop.story).strip():
        yield _("Stop %(number)s (%(title)s) has no story.") % where
    for link in stop.links.all():
        if link.medium.kind == "picture":
            yield from _of_picture(link.medium)


def _of_picture(medium: Medium) -> Iterator[str]:
    if not str(medium.alt).strip():
        yield _("The picture %(name)s has no words for those who do not see it.") % {"name": medium.name}
    if not (medium.credit and medium.licence):
        yield _("The picture %(name)s does not say whose it is and under which licence.") % {"name": medium.name}
