"""Who plans, and from where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from cityplus.ceremonies.models import Ceremony
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
        """Those that are planned from here."""
        return Ceremony.objects.filter(cities=self.city) if self.city else Ceremony.objects.all()

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
        first = ceremony.takings.order_by("order").values_list("city", flat=True)[0]
        return self.may_plan(ceremony.kind, own=self.city is None or first == self.city.pk)

    @property
    def may_lead(self) -> bool:
        return self.city is None or may(self.role, Right.PRESENT)
