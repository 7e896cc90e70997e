"""From presses that came in a group to palms: by ceremony, each in one transaction."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from cityplus.ceremonies.door import Pressed, Told
from cityplus.ceremonies.models import Ceremony, Run
from cityplus.ceremonies.models.run import Press
from cityplus.ceremonies.tickets import Ticket


def press_all(pressed: Sequence[Pressed]) -> list[Told]:
    """What became of each, in the order they came."""
    told: list[Told] = [Told(refusal="link")] * len(pressed)
    by_ceremony: dict[int, list[int]] = {}
    for index, one in enumerate(pressed):
        by_ceremony.setdefault(one.ticket.ceremony, []).append(index)
    for pk, indices in by_ceremony.items():
        ceremony = Ceremony.objects.filter(pk=pk).first()
        run = ceremony.run if ceremony else None
        counted = []
        for index in indices:
            refusal = _refusal(ceremony, run, pressed[index].ticket)
            if refusal:
                told[index] = Told(refusal=refusal)
            else:
                counted.append(index)
        if run and counted:
            presses = [Press(pressed[i].nonce, pressed[i].ticket.how, pressed[i].ticket.guest) for i in counted]
            for index, answer in zip(counted, run.press(presses), strict=True):
                told[index] = Told(answer.beat, answer.refusal)
    return told


def _refusal(ceremony: Ceremony | None, run: Run | None, ticket: Ticket) -> str:
    """Why this ticket opens nothing now: what is not announced, and every rehearsal, is for guests and for who has the word of the
    hall, as it is today."""
    if ceremony is None:
        return "link"
    inside = bool(ticket.guest) or hmac.compare_digest(ticket.key.encode(), ceremony.key.encode())
    if not inside and not ceremony.announced:
        return "link"
    return "early" if run is None or (run.rehearsal and not inside) else ""
