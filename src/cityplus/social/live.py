"""The stream ``/live/posts/``: tells that an actor has posted something for everybody, and nothing of what."""

from __future__ import annotations

from cityplus import live
from cityplus.social.models import Entry

AT_A_LOOK = 200


@live.stream("posts", crowded=3)
def stream(after: int) -> list[live.Event]:
    """Listed entries alone: those are public posts that answer nobody. Their numbers are greater than what scripts can count with, so
    they are the ids of the events and no more."""
    entries = Entry.objects.filter(listed=True)
    found = entries.order_by("-id")[:1] if after < 0 else entries.filter(id__gt=after).order_by("id")[:AT_A_LOOK]
    return [
        live.Event(pk, {"actor": actor, "language": language})
        for pk, actor, language in found.values_list("id", "actor", "language")
    ]
