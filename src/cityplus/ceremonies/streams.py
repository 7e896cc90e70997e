"""What the screens of a ceremony listen to.

``/live/walls/<id>/`` has every palm and every step, in order: for the wall, the console and the keepsake. ``/live/ceremonies/<id>/`` has
steps, and how many palms there are: for phones and the public page, of which there may be thousands.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from cityplus import live
from cityplus.ceremonies.models import Ceremony, Palm, Run, Step

MOST = 1_000
"""Events a look."""


def may_listen(person: Any, part: str) -> bool:
    """Who may see the page of a ceremony; and everybody while a run of it is going on, for its code hangs on the screen."""
    if not part.isascii() or not part.isdecimal() or len(part) > 18:
        return False
    going = Run.objects.filter(ceremony=int(part), state__in=(*Run.GOING, "launched"), ceremony__state__in=GOING)
    return Ceremony.objects.visible_to(person).filter(pk=int(part)).exists() or going.exists()


GOING = ("planned", "rehearsed", "open", "launched")


@live.stream("walls", may=may_listen, every=0.1)
def walls(after: int) -> list[live.Event]:
    """Palms and steps with their beats."""
    if after < 0:
        return _newest()
    palms = Palm.objects.filter(beat__gt=after).order_by("beat").select_related("run")[:MOST]
    steps = Step.objects.filter(beat__gt=after).order_by("beat").select_related("run")[:MOST]
    told = [(p.beat, p.run, {"palm": p.beat, "guest": p.guest_id, "how": p.how, "at": p.at.timestamp()}) for p in palms]
    told += [(s.beat, s.run, _step(s)) for s in steps]
    told.sort(key=lambda one: one[0])
    return [live.Event(beat, {**data, "run": run.pk}, str(run.ceremony_id)) for beat, run, data in told[:MOST]]


@live.stream("ceremonies", may=may_listen, every=1.0)
def ceremonies(after: int) -> list[live.Event]:
    """For each ceremony in which something happened: its steps since, and the count of its palms; one event a look."""
    if after < 0:
        return _newest()
    runs = Run.objects.filter(palms__beat__gt=after) | Run.objects.filter(steps__beat__gt=after)
    found = []
    for run in runs.distinct().select_related("ceremony"):
        steps = [_step(step) for step in run.steps.filter(beat__gt=after)]
        last = max(run.palms.aggregate(n=Max("beat"))["n"] or 0, run.steps.aggregate(n=Max("beat"))["n"] or 0)
        data = {"run": run.pk, "palms": run.palms.count(), "steps": steps}
        found.append(live.Event(last, data, str(run.ceremony_id)))
    return sorted(found, key=lambda event: event.id)


def _newest() -> list[live.Event]:
    tables = (Palm.objects, Step.objects)
    last = max(objects.aggregate(n=Max("beat"))["n"] or 0 for objects in tables)
    return [live.Event(last, {})] if last else []


def _step(step: Step) -> dict[str, Any]:
    run = step.run
    due = run.due_at.timestamp() if step.state == "met" and run.due_at else None
    told = {"step": step.state, "at": step.at.timestamp(), "due": due, "rehearsal": run.rehearsal}
    return told | ({"number": run.number} if step.state == "launched" else {})
