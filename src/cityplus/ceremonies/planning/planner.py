"""Who plans, and from where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from cityplus.ceremonies.models import Ceremony, Taking
from cityplus.ceremonies.policies import may_plan
from cityplus.cities.models import City
from cityplus.cities.rights import Right, may


@dataclass(frozen=True)
class Planner:
    """A person at the desk of a ``city`` with a ``role``, or at the office (no city, no role).

    ``frame`` is the template that their pages stand in, ``address`` gives the address of a planning page by its name, ``context`` is
    what the frame needs.
    """

    by: str
    frame: str
    address: Callable[..., str]
    city: City | None = None
    role: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ceremonies(self) -> QuerySet[Ceremony]:
        """Those that are planned from here, and those that the city is asked to take part in."""
        mine = Taking.objects.filter(city=self.city).exclude(state="withdrawn").values("ceremony")
        return Ceremony.objects.filter(pk__in=mine) if self.city else Ceremony.objects.all()

    def find(self, ceremony: int) -> Ceremony:
        """One of them.

        Raises:
            Http404: it is none of theirs.
        """
        found = self.ceremonies.filter(pk=ceremony).first()
        if found is None:
            raise Http404
        return found

    def may_plan(self, kind: str, own: bool = True) -> bool:
        """Whether they plan ceremonies of this kind; ``own`` says that it is their city's, which comes first in it."""
        return self.city is None or may_plan(self.role, kind, own=own)

    def may_change(self, ceremony: Ceremony) -> bool:
        """Whether they plan this one: their city has agreed to take part."""
        if self.city is None:
            return True
        taking = self.taking(ceremony)
        return taking.state == "accepted" and self.may_plan(ceremony.kind, own=taking.order == 0)

    def may_lead(self, ceremony: Ceremony) -> bool:
        agreed = self.city is None or self.taking(ceremony).state == "accepted"
        return agreed and (self.city is None or may(self.role, Right.PRESENT))

    def may_answer(self, taking: Taking) -> bool:
        """Whether they say for this city that it takes part: an owner of its team does, or the office with a reason. It binds the city
        before everybody, as its settings do; who presents leads what was agreed."""
        return self.city is None or (taking.city_id == self.city.pk and may(self.role, Right.SETTINGS))

    def taking(self, ceremony: Ceremony) -> Taking:
        """The part of their city in one of their ceremonies."""
        return ceremony.takings.get(city=self.city)
