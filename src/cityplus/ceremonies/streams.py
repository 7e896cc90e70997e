"""What the screens of a ceremony listen to.

``/live/walls/<id>/`` has every palm and every step, in order: for the wall, the console and the keepsake. ``/live/ceremonies/<id>/`` has
steps, and how many palms there are: for phones and the public page, of which there may be thousands.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from cityplus import live
from cityplus.ceremonies.models import Beats, Ceremony, Palm, Run, Step

MOST = 1_000
"""Events a look."""


def may_listen(person: Any, part: str) -> bool:
    """Who may see the page of a ceremony; and everybody while a run of it is going on, for its code hangs on the screen."""
    if not part.isascii() or not part.isdecimal() or len(part) > 18:
        return False
    going = Run.objects.filter(ceremony=int(part), state__in=(*Run.GOING, "launched"), ceremony__state__in=GOING)
    return Ceremony.objects.visible_to(person).filter(pk=int(part)).exists() or going.exists()


GOING = ("planned", "rehearsed", "open", "launched")


@live.stream("walls", may=may_listen, every=0.1, backlog=2 * MOST)
def walls(after: int) -> list[live.Event]:
    """Palms and steps with their beats."""
    last = (
        Beats.newest()
    )  # first: what is committed between the two looks below must wait for the next one, or half of it were lost
    if after < 0:
        return [live.Event(last, {})]
    window = {"beat__gt": after, "beat__lte": last}
    palms = Palm.objects.filter(**window).order_by("beat").select_related("run")[:MOST]
    steps = Step.objects.filter(**window).order_by("beat").select_related("run")[:MOST]
    told = [(p.beat, p.run, {"palm": p.beat, "guest": p.guest_id, "how": p.how, "at": p.at.timestamp()}) for p in palms]
    told += [(s.beat, s.run, _step(s)) for s in steps]
    told.sort(key=lambda one: one[0])
    return [live.Event(beat, {**data, "run": run.pk}, str(run.ceremony_id)) for beat, run, data in told[:MOST]]


@live.stream("ceremonies", may=may_listen, every=1.0, crowded=2.0)
def ceremonies(after: int) -> list[live.Event]:
    """For each ceremony in which something happened: its steps since, and the count of its palms; one event a look."""
    last = Beats.newest()
    if after < 0:
        return [live.Event(last, {})]
    pressed = Palm.objects.filter(beat__gt=after, beat__lte=last).order_by().values("run").annotate(n=Max("beat"))
    newest = {row["run"]: row["n"] for row in pressed}
    steps: dict[int, list[Step]] = {}
    for step in Step.objects.filter(beat__gt=after, beat__lte=last).order_by("beat").select_related("run"):
        steps.setdefault(step.run_id, []).append(step)
    found = []
    for run in Run.objects.filter(pk__in={*newest, *steps}):
        taken = steps.get(run.pk, [])
        beat = max([newest.get(run.pk, 0), *(step.beat for step in taken)])
        data = {
            "run": run.pk,
            "rehearsal": run.rehearsal,
            "palms": run.palms.filter(beat__lte=last).count(),
            "steps": [_step(step) for step in taken],
        }
        found.append(live.Event(beat, data, str(run.ceremony_id)))
    return sorted(found, key=lambda event: event.id)


def _step(step: Step) -> dict[str, Any]:
    run = step.run
    due = run.due_at.timestamp() if step.state == "met" and run.due_at else None
    told = {"step": step.state, "at": step.at.timestamp(), "due": due, "rehearsal": run.rehearsal}
    return told | ({"number": run.number} if step.state == "launched" else {})
