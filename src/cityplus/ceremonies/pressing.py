"""From presses that came in a group to palms: by ceremony, each in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from cityplus.ceremonies.door import Pressed, Told
from cityplus.ceremonies.models import Ceremony, Run
from cityplus.ceremonies.models.run import Press


def press_all(pressed: Sequence[Pressed]) -> list[Told]:
    """What became of each, in the order they came."""
    told: list[Told] = [Told(refusal="link")] * len(pressed)
    by_ceremony: dict[int, list[int]] = {}
    for index, one in enumerate(pressed):
        by_ceremony.setdefault(one.ticket.ceremony, []).append(index)
    for pk, indices in by_ceremony.items():
        run = Run.objects.filter(ceremony=pk).order_by("-pk").first()
        if run is None:
            known = Ceremony.objects.filter(pk=pk).exists()
            for index in indices:
                told[index] = Told(refusal="early" if known else "link")
            continue
        presses = [Press(pressed[i].nonce, pressed[i].ticket.how, pressed[i].ticket.guest) for i in indices]
        for index, answer in zip(indices, run.press(presses), strict=True):
            told[index] = Told(answer.beat, answer.refusal)
    return told
