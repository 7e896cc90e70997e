"""What the console shows: how many were expected, came and are inside, by hall and by sector."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from cityplus.cities.isic import SECTIONS
from cityplus.events.doors import words
from cityplus.events.models import Attendance, Event, Registration, Scan
from cityplus.organisations.models import Activity

LATEST, TROUBLES = 12, 20
"""Scans that the console shows: the latest, and those that somebody should look at."""
WRONG = ("inside", "again", "forged", "elsewhere", "renewed", "hall", "cancelled", "waiting", "asked", "refused")


@dataclass(frozen=True, slots=True)
class Row:
    """One hall or sector: confirmed registrations, who came of all, and who is inside now."""

    title: str
    expected: int
    came: int
    inside: int

    @property
    def share(self) -> int:
        return round(100 * self.came / self.expected) if self.expected else 0


def halls(event: Event) -> list[Row]:
    confirmed = Counter(Registration.objects.filter(event=event, state="confirmed").values_list("venue", flat=True))
    came = Counter(Attendance.objects.filter(event=event).values_list("venue", "inside"))
    return [
        Row(words.in_words(v.name), confirmed[v.pk], came[v.pk, True] + came[v.pk, False], came[v.pk, True])
        for v in event.venues.all()
    ]


def sectors(event: Event) -> list[Row]:
    """By the section of the first activity of each organisation, the largest first."""
    first = Activity.objects.filter(organisation=OuterRef("organisation")).order_by("place").values("section")[:1]
    rows = Registration.objects.filter(event=event).annotate(sector=Subquery(first))
    confirmed = Counter(rows.filter(state="confirmed").values_list("sector", flat=True))
    came = Counter(rows.filter(attendance__isnull=False).values_list("sector", "attendance__inside"))
    known = {*confirmed, *(sector for sector, _inside in came)}
    return [
        Row(_title(one), confirmed[one], came[one, True] + came[one, False], came[one, True])
        for one in sorted(known, key=lambda one: (one is None, -confirmed[one], one or ""))
    ]


def total(rows: list[Row]) -> Row:
    return Row("", sum(r.expected for r in rows), sum(r.came for r in rows), sum(r.inside for r in rows))


def for_report(event: Event) -> list[tuple[str, int]]:
    """How many came, where doors were used."""
    came = Attendance.objects.filter(event=event).count()
    return [(_("People who came"), came)] if came else []


def latest(event: Event) -> list[Scan]:
    return list(_scans(event)[:LATEST])


def troubles(event: Event) -> list[Scan]:
    """Doubles, and who was stopped, the latest first."""
    return list(_scans(event).filter(outcome__in=WRONG)[:TROUBLES])


def _scans(event: Event) -> QuerySet[Scan]:
    rows = Scan.objects.filter(event=event).order_by("-at", "-pk")
    return rows.select_related("registration__organisation__actor", "venue", "against__venue")


def _title(sector: str | None) -> str:
    return str(SECTIONS.get(sector, sector)) if sector else _("Without an organisation")
