"""What the screens of a ceremony listen to.

``/live/walls/<id>/`` has every palm and every step, in order: for the wall, the console and the keepsake. ``/live/ceremonies/<id>/`` has
steps, and how many palms there are: for phones and the public page, of which there may be thousands. Who gets in, and who hears of
rehearsals, stands in :mod:`cityplus.ceremonies.passes`.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from cityplus import live
from cityplus.ceremonies.models import Beats, Palm, Run, Step, Wiping
from cityplus.ceremonies.passes import hears, inside, may_listen

MOST = 1_000
"""Events a look."""


@live.stream("walls", may=may_listen, every=0.1, backlog=2 * MOST, hears=hears)
def walls(after: int) -> list[live.Event]:
    """Palms, steps and wipings with their beats."""
    last = (
        Beats.newest()
    )  # first: what is committed between the two looks below must wait for the next one, or half of it were lost
    if after < 0:
        return [live.Event(last, {})]
    window = {"beat__gt": after, "beat__lte": last}
    palms = Palm.objects.filter(**window).order_by("beat").select_related("run")[:MOST]
    steps = Step.objects.filter(**window).order_by("beat").select_related("run")[:MOST]
    wipings = Wiping.objects.filter(**window).order_by("beat")[:MOST]
    told = [_both(p.beat, p.run, _palm(p)) for p in palms]
    told += [_both(s.beat, s.run, _step(s) | {"run": s.run_id}) for s in steps]
    told += [[_wiped(one)] for one in wipings]
    told.sort(key=lambda one: one[0].id)
    return [event for one in told[:MOST] for event in one]


@live.stream("ceremonies", may=may_listen, every=1.0, crowded=2.0, hears=hears)
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
    found = [_wiped(one) for one in Wiping.objects.filter(beat__gt=after, beat__lte=last)]
    for run in Run.objects.filter(pk__in={*newest, *steps}):
        taken = steps.get(run.pk, [])
        beat = max([newest.get(run.pk, 0), *(step.beat for step in taken)])
        data = {
            "run": run.pk,
            "rehearsal": run.rehearsal,
            "palms": run.palms.filter(beat__lte=last).count(),
            "steps": [_step(step) for step in taken],
        }
        found += _both(beat, run, data)
    return sorted(found, key=lambda event: event.id)


def _both(beat: int, run: Run, data: dict[str, Any]) -> list[live.Event]:
    """What happened in a run, for who is inside; and for everybody, where it is in earnest."""
    parts = [inside(run.ceremony_id), *([] if run.rehearsal else [str(run.ceremony_id)])]
    return [live.Event(beat, data, part) for part in parts]


def _palm(palm: Palm) -> dict[str, Any]:
    told = {"palm": palm.beat, "guest": palm.guest_id, "how": palm.how, "at": palm.at.timestamp()}
    return told | {"run": palm.run_id}


def _wiped(one: Wiping) -> live.Event:
    return live.Event(one.beat, {"wiped": one.run, "run": one.run, "at": one.at.timestamp()}, inside(one.ceremony_id))


def _step(step: Step) -> dict[str, Any]:
    run = step.run
    due = run.due_at.timestamp() if step.state == "met" and run.due_at else None
    told = {"step": step.state, "at": step.at.timestamp(), "due": due, "rehearsal": run.rehearsal}
    return told | ({"number": run.number} if step.state == "launched" else {})
