"""Drafts of a city with what they are called, and where one works at them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from cityplus.cities.models import City
from cityplus.desk.pieces import piece_url
from cityplus.drafts.models import Draft
from cityplus.routes.models import Route


@dataclass(frozen=True, slots=True)
class Drafted:
    """``piece`` is how addresses name it."""

    draft: Draft
    title: str
    piece: str
    url: str

    def address(self, city: City, view: str) -> str:
        """One of the pages about the piece."""
        return reverse(f"desk:{view}", args=[city.handle, self.piece])


def drafted(city: City, drafts: Collection[Draft]) -> list[Drafted]:
    """Each draft with its title in the language of the page; those whose thing is gone are left out."""
    routes = [draft.subject_id for draft in drafts if draft.kind == "route"]
    slugs = dict(Route.objects.filter(city=city, pk__in=routes).values_list("pk", "slug"))
    found = []
    for draft in drafts:
        piece = "profile" if draft.kind == "profile" else f"routes/{slugs.get(draft.subject_id, '')}"
        if piece != "routes/":
            title = draft.does.title(draft.subject_id, draft.document)
            found.append(Drafted(draft, title, piece, piece_url(city, piece)))
    return found
