"""Leading a ceremony: who comes to its console, and what the console shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from cityplus import live
from cityplus.ceremonies.models import Ceremony, Guest, Palm, Run, Step
from cityplus.ceremonies.passes import inside
from cityplus.ceremonies.policies import may_lead
from cityplus.ceremonies.streams import walls

View = Callable[..., HttpResponse]
NEWEST = 12
"""Steps that the console shows, the newest first."""


def leads(view: View) -> View:
    """For who leads this ceremony, as ``view(request, ceremony, …)``; to everybody else it is not there."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        ceremony = Ceremony.objects.filter(pk=pk).first()
        if ceremony is None or not may_lead(request.user, ceremony):
            raise Http404
        return view(request, ceremony, **kwargs)

    return wrapped


def may_listen(person: Any, part: str) -> bool:
    return part.isascii() and part.isdecimal() and len(part) < 19 and may_lead(person, int(part))


@live.stream("consoles", may=may_listen, every=0.25, hears=lambda part: inside(int(part)))
def consoles(after: int) -> list[live.Event]:
    """What the walls hear, for who leads: it ends when they lead no longer, also where the wall is everybody's."""
    return walls(after)


@dataclass(frozen=True, slots=True)
class Seat:
    """A guest, and their palm in the run that the console shows."""

    guest: Guest
    palm: Palm | None


@dataclass(frozen=True, slots=True)
class Console:
    """How far a ceremony is. ``run`` is the newest; ``going`` says whether it is going on."""

    ceremony: Ceremony
    run: Run | None
    seats: list[Seat]
    steps: list[Step]
    came: int
    wanted: int
    palms: int
    least: int

    @property
    def going(self) -> bool:
        return self.run is not None and self.run.state in Run.GOING

    @property
    def may_rehearse(self) -> bool:
        return not self.going and self.ceremony.state in Ceremony.PLANNING

    @property
    def may_open(self) -> bool:
        return not self.going and self.ceremony.state in Ceremony.PLANNING

    @property
    def may_keep(self) -> bool:
        return self.ceremony.state == "launched"

    @property
    def rehearsals(self) -> list[Run]:
        """Rehearsals that are over and can be wiped."""
        return list(self.ceremony.runs.filter(rehearsal=True).exclude(state__in=Run.GOING))

    @property
    def missing(self) -> int:
        """How many palms are lacking, of guests or of anybody."""
        return max(self.wanted - self.came, self.least - self.palms, 0)


def console_of(ceremony: Ceremony) -> Console:
    """The console as it is now."""
    run = ceremony.run
    palms = {palm.guest_id: palm for palm in run.palms.filter(guest__isnull=False)} if run else {}
    seats = [Seat(guest, palms.get(guest.pk)) for guest in ceremony.guests.all()]
    steps = list(run.steps.order_by("-beat")[:NEWEST]) if run else []
    came, wanted, there, least = run.quorum() if run else _asked(ceremony)
    return Console(ceremony, run, seats, steps, came, wanted, there, least)


def _asked(ceremony: Ceremony) -> tuple[int, int, int, int]:
    wanted = ceremony.guests.filter(needed=True).count() if ceremony.quorum_guests else 0
    return 0, wanted, 0, ceremony.quorum_palms
