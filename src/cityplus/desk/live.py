"""The stream of a desk, `/live/desk/thehague/`: tells its open pages that something of this city happened."""

from __future__ import annotations

from typing import Any

from cityplus import live
from cityplus.cities.models import City
from cityplus.cities.rights import Right, may, role_of
from cityplus.journal.models import Entry


def may_listen(person: Any, handle: str) -> bool:
    """Who may see the desk hears it."""
    city = City.objects.filter(actor__handle=handle).first()
    return city is not None and may(role_of(person, city), Right.SEE)


@live.stream("desk", may=may_listen)
def stream(after: int) -> list[live.Event]:
    """It says what sort of thing it is about and no more: who did what is for those who may read the trail."""
    entries = Entry.objects.exclude(handle="")
    rows = entries.order_by("-id")[:1] if after < 0 else entries.filter(id__gt=after).order_by("id")[:100]
    return [live.Event(row.id, {"about": row.verb.partition(".")[0]}, row.handle) for row in rows]
