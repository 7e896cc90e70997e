"""Which city somebody means who types a name."""

from __future__ import annotations

from cityplus.cities.models import City
from cityplus.languages.tags import reader_tag
from cityplus.search import QueryError, find

CHOICES = 8


def meant(asked: str) -> tuple[City | None, list[City]]:
    """The public city that is called so in any language or has this handle; where several may be meant, none, and those."""
    public = City.objects.public().select_related("actor")
    if by_handle := public.filter(actor__handle=asked.lstrip("@").lower()).first():
        return by_handle, []
    try:
        hits = find(asked, language=reader_tag(), kinds=["city"], limit=CHOICES).hits
    except QueryError:
        hits = []
    cities = public.in_bulk([hit.item.object_id for hit in hits])
    there = [hit for hit in hits if hit.item.object_id in cities]
    called = [hit for hit in there if asked.casefold() in {name.text.casefold() for name in hit.item.names}]
    if len(called) == 1:
        return cities[called[0].item.object_id], []
    return None, [cities[hit.item.object_id] for hit in called or there]
