"""What ceremonies say of media: who hears the music, and who sees what is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from cityplus.ceremonies.models import Ceremony, Run


def seen_by(person: Any, ids: Collection[int]) -> Iterable[int]:
    """Pictures and recording are seen by who may see the keepsake; music is heard by who may see the ceremony, and by everybody
    while a run of it is going on, as its wall is."""
    visible = Ceremony.objects.visible_to(person)
    kept = visible.filter(state="kept")
    yield from kept.filter(shown__medium__in=ids).values_list("shown__medium", flat=True)
    yield from kept.filter(recording__in=ids).values_list("recording_id", flat=True)
    going = Ceremony.objects.filter(runs__state__in=(*Run.GOING, "launched"))
    for found in (visible, going):
        yield from found.filter(music__in=ids).values_list("music_id", flat=True)
