"""The ties that packs speak of. It takes the word of both cities: the first to say it proposes, the other accepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from cityplus import journal
from cityplus.cities.models import City
from cityplus.packs.bringing import BY, stamped
from cityplus.packs.shapes import CityShape, TieShape
from cityplus.ties.models import Tie

Words = Mapping[tuple[str, str], TieShape]
"""What each city says of each other, by the handles of the one that speaks and of the other."""


def tie_all(shapes: Sequence[CityShape]) -> None:
    """Write the ties of the packs that came in together, as far as both cities are here."""
    words = {(shape.handle, said.handle): said for shape in shapes for said in shape.ties}
    handles = {handle for pair in words for handle in pair}
    cities = {city.handle: city for city in City.objects.select_related("actor").filter(actor__handle__in=handles)}
    with transaction.atomic():
        for (handle, other), said in words.items():
            if handle in cities and other in cities:
                _tie(cities[handle], cities[other], said, words)


def _tie(city: City, other: City, said: TieShape, words: Words) -> None:
    tie = Tie.objects.of(city).of(other).first()
    reply = words.get((other.handle, city.handle))
    if tie is None and _is_whole(city, said, reply):
        _restore(city, other, said)
    elif tie is None and _wishes(city, said):
        Tie.propose(city, other, by=BY, since=said.fields["since"], source=said.fields["source"])
    elif tie is not None and tie.state == "proposed" and tie.proposed_by_id != city.pk and _wishes(city, said):
        tie.accept(city, by=BY)


def _wishes(city: City, said: TieShape) -> bool:
    """Whether these are the words of a city that wants the tie."""
    if not said.proposed_by:
        return True
    return said.fields["state"] == "accepted" or (said.fields["state"], said.proposed_by) == ("proposed", city.handle)


def _is_whole(city: City, said: TieShape, reply: TieShape | None) -> bool:
    """Whether the tie can be written as it was: both say the same of it, or it is one's own proposal, for which one's own
    word is enough."""
    if reply is None:
        return said.fields.get("state") == "proposed" and said.proposed_by == city.handle
    same = (reply.proposed_by, dict(reply.fields)) == (said.proposed_by, dict(said.fields))
    return bool(said.proposed_by) and same


def _restore(city: City, other: City, said: TieShape) -> None:
    first, second = sorted((city, other), key=lambda c: c.handle)
    proposer = city if said.proposed_by == city.handle else other
    tie = Tie.objects.create(first=first, second=second, proposed_by=proposer, **said.fields)
    stamped(tie, said.fields)
    public = tie.state == "accepted"
    if tie.accepted_at:
        tie.found_pair()
    journal.record(f"tie.{tie.state}", tie, handle=city.handle, by=BY, public=public, since=tie.since)
