"""What an event asks of who registers, kept in memory for as long as the trail tells of nothing new: registrations are quiet in it, and
in the hour in which everybody comes nobody's form is weighed by asking the same again."""

from __future__ import annotations

from django.db.models import Prefetch

from cityplus import journal
from cityplus.events.models import Event, Session

MOST = 100
"""Events that are kept."""
Key = tuple[str, str]


_kept: journal.Following[dict[Key, Event]] = journal.Following(dict, lambda _events, _since: None)


def asked(handle: str, slug: str) -> Event | None:
    """An event that everybody may see, with halls, agenda and questions as the newest entry of the trail has them; None where there is
    none. Others have the same object: it is looked at, never changed, and its numbers of places are old."""
    kept = _kept.now()
    event = kept.get((handle, slug))
    if event is None:
        event = _fetched(handle, slug)
        if event and len(kept) < MOST:
            kept[handle, slug] = event
    return event


def _fetched(handle: str, slug: str) -> Event | None:
    agenda = Prefetch("agenda", Session.objects.select_related("venue"))
    return Event.objects.public().for_cards().prefetch_related("questions", agenda).at(handle, slug).first()
