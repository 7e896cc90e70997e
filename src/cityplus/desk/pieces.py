"""What one works at: the profile of the city, or one of its routes, each with its draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from cityplus.cities.models import City
from cityplus.drafts.models import Draft
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text
from cityplus.routes.models import Route


class PieceConverter:
    """Path converter ``<piece:piece>``: ``profile``, or ``routes/`` and the name of a route."""

    regex = r"profile|routes/[-a-zA-Z0-9_]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Piece:
    """``name`` is how addresses name it; ``thing`` is the city or the route; the draft may be one that nobody has written in."""

    city: City
    name: str
    thing: City | Route
    draft: Draft

    @property
    def title(self) -> str:
        return self.draft.does.title(self.draft.subject_id, self.draft.document)

    @property
    def url(self) -> str:
        return self.address("piece")

    def address(self, view: str, *args: object) -> str:
        """The address of one of the desk's pages about this piece."""
        return reverse(f"desk:{view}", args=[self.city.handle, self.name, *args])

    @property
    def state(self) -> str:
        """What the public has of it: ``draft`` when nothing, ``published`` or ``withdrawn``."""
        if isinstance(self.thing, Route):
            return self.thing.state
        return "published" if self.thing.stage in City.PUBLIC else "draft"


def piece_of(city: City, name: str) -> Piece:
    """The piece of this name.

    Raises:
        Http404: the city has none.
    """
    if name == "profile":
        return Piece(city, name, city, Draft.on("profile", city.pk, city.actor))
    route = Route.objects.filter(city=city, slug=name.removeprefix("routes/")).first()
    if route is None:
        raise Http404
    route.city = city
    return Piece(city, name, route, Draft.on("route", route.pk, city.actor))


def piece_url(city: City, name: str) -> str:
    """Where a piece is worked at."""
    return reverse("desk:piece", args=[city.handle, name])


def title_of(text: Text, otherwise: str) -> str:
    """A title in the language of the page; ``otherwise`` where nobody has written one."""
    return text.in_language(reader_tag()) or otherwise
