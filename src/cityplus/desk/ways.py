"""The legs of a draft, reckoned from its document: how one comes from stop to stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cityplus.desk.pieces import Piece
from cityplus.desk.stops import order_of
from cityplus.drafts.shapes import Document
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.routes.document import staged
from cityplus.routes.legs import Leg, legs
from cityplus.routes.models import Mode, Route


@dataclass(frozen=True, slots=True)
class Way:
    """The leg from the stop ``start`` to the stop ``end`` (their keys); ``leg`` is None while one of them has no place."""

    start: str
    end: str
    mode: str
    leg: Leg | None

    @property
    def words(self) -> str:
        """How far and how long, or why nobody knows."""
        if self.leg is None:
            return _("The way is not known before both stops have a place.")
        said = {
            "distance": formats.distance(self.leg.metres, reader_tag()),
            "duration": formats.duration(self.leg.minutes, reader_tag()),
            "how": Mode(self.mode).label,
        }
        if self.leg.drawn:
            return _("%(how)s, %(distance)s, %(duration)s, as it is drawn") % said
        return _("%(how)s, about %(distance)s, %(duration)s, reckoned") % said

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"from": self.start, "to": self.end, "mode": self.mode, "words": self.words}
        if self.leg is None:
            return told | {"metres": None, "minutes": None, "drawn": False}
        return told | {"metres": round(self.leg.metres), "minutes": self.leg.minutes, "drawn": self.leg.drawn}


def ways_of(piece: Piece) -> list[Way]:
    """The legs of a draft route in their order, one fewer than its stops."""
    document = piece.draft.document
    _, stops = staged(Route.objects.select_related("city__actor").get(pk=piece.thing.pk), document)
    order = order_of(document)
    return [
        Way(start, end, leg.mode, leg if _placed(document, start) and _placed(document, end) else None)
        for start, end, leg in zip(order, order[1:], legs(stops), strict=False)
    ]


def sum_of(ways: Sequence[Way]) -> str:
    """All legs together in words; empty when none is known."""
    known = [way.leg for way in ways if way.leg]
    if not known:
        return ""
    said = {
        "distance": formats.distance(sum(leg.metres for leg in known), reader_tag()),
        "duration": formats.duration(sum(leg.minutes for leg in known), reader_tag()),
    }
    if all(leg.drawn for leg in known):
        return _("%(distance)s and %(duration)s on the way") % said
    return _("About %(distance)s and %(duration)s on the way") % said


def _placed(document: Document, key: str) -> bool:
    stop = document["stops"][key]
    return stop["lat"] is not None and stop["lon"] is not None
