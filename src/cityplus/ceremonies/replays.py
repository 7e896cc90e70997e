"""The presses of a ceremony in their rhythm, for the template ``ceremonies/replay.html``."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cityplus.ceremonies import screens, walls
from cityplus.ceremonies.models import Ceremony
from cityplus.ceremonies.templatetags.halls import hall_second
from cityplus.languages.tags import reader_tag


def replay(ceremony: Ceremony) -> dict[str, Any] | None:
    """What the template needs beside the ceremony: ``{"replay": …, "picture": …}``; None when there was no run in earnest.

    ``beats`` has ``[seconds from the first step, guest or 0]`` for each palm, ``steps`` ``[seconds, state]``.
    """
    run = ceremony.runs.filter(rehearsal=False, state="launched").first()
    if run is None:
        return None
    steps = list(run.steps.order_by("beat").values_list("at", "state"))
    palms = list(run.palms.order_by("beat").values_list("at", "guest"))
    begin = steps[0][0]
    names = {guest.pk: guest.names.in_language(reader_tag()) for guest in ceremony.guests.all()}
    data = {
        "beats": [[round((at - begin).total_seconds(), 2), guest or 0] for at, guest in palms],
        "steps": [[round((at - begin).total_seconds(), 2), step] for at, step in steps],
        "number": run.number,
        "countdown": ceremony.countdown,
        **screens.sky(ceremony),
    }
    told = {
        "data": data,
        "lines": [(hall_second(at.timestamp(), ceremony.time_zone), names[guest]) for at, guest in palms if guest],
        "lights": sum(guest is None for _, guest in palms),
    }
    begun = screens.Standing(0, run=run.pk, step="launched", at=timezone.now().timestamp(), number=run.number)
    return {"replay": told, "picture": walls.picture(ceremony, begun)}
