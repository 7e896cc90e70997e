"""Who decides, and from where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cityplus.actors.models import Actor
from cityplus.moderation.models import Decision, Held, Report
from cityplus.people.models import Person


M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Officer:
    """A person at the desk of a ``city``, or at the office (no city).

    ``frame`` is the template that their pages stand in, ``address`` gives the address of a page by its name, ``colleagues`` are
    those to whom a report may be given, ``context`` is what the frame needs.
    """

    person: Person
    frame: str
    address: Callable[..., str]
    colleagues: QuerySet[Person]
    city: Actor | None = None
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def office(self) -> bool:
        return self.city is None

    @property
    def by(self) -> str:
        return self.person.get_username()

    @property
    def reports(self) -> QuerySet[Report]:
        """Those that this officer sees."""
        found = Report.objects.of_city(self.city) if self.city else Report.objects.all()
        return found.select_related("author", "city", "officer", "decision")

    @property
    def held(self) -> QuerySet[Held]:
        found = Held.objects.filter(city=self.city) if self.city else Held.objects.all()
        return found.select_related("author", "city")

    @property
    def decisions(self) -> QuerySet[Decision]:
        found = Decision.objects.filter(team=self.city) if self.city else Decision.objects.all()
        return found.select_related("author", "team", "appeal", "lifted_by")

    def report(self, number: int) -> Report:
        """One of them.

        Raises:
            Http404: it is none of theirs.
        """
        return _one(self.reports, number)

    def one_held(self, number: int) -> Held:
        """One of them; raises as :meth:`report` does."""
        return _one(self.held, number)

    def decision(self, number: int) -> Decision:
        """One of them; raises as :meth:`report` does."""
        return _one(self.decisions, number)

    def earlier(self, author: Actor | None) -> QuerySet[Decision]:
        """What was decided about somebody before: the office sees all of it, a team what was decided for it."""
        found = self.decisions.filter(author=author) if author else self.decisions.none()
        return found.filter(~Q(state="refused")).prefetch_related("rules")

    def shown(self, request: HttpRequest, page: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """A page in the frame of this officer."""
        whole = {"officer": self, "frame": self.frame, **self.context, **context}
        return render(request, f"moderation/queue/{page}.html", whole, status=status)


def _one(found: QuerySet[M], number: int) -> M:
    one = found.filter(pk=number).first()
    if one is None:
        raise Http404
    return one
