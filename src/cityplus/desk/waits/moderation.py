"""What waits for those of a team who govern: reports, and what is held."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import ngettext

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk
from cityplus.desk.waiting import Waiting
from cityplus.languages.formats import number
from cityplus.languages.tags import reader_tag
from cityplus.moderation.models import Held, Report


def moderation(desk: Desk) -> Iterator[Waiting]:
    if not desk.may(Right.GOVERN):
        return
    city, tag = desk.city.actor, reader_tag()
    reports = Report.objects.of_city(city).open().filter(handed_at=None)
    if n := reports.count():
        words = ngettext("%(n)s report waits for a decision.", "%(n)s reports wait for a decision.", n)
        since = reports.aggregate(at=Min("at"))["at"]
        yield Waiting(words % {"n": number(n, tag)}, reverse("desk:moderation", args=[desk.city.handle]), since)
    held = Held.objects.filter(city=city, state="waiting")
    if n := held.count():
        words = ngettext("%(n)s post is held for you.", "%(n)s posts are held for you.", n)
        since = held.aggregate(at=Min("at"))["at"]
        yield Waiting(words % {"n": number(n, tag)}, reverse("desk:moderation-held", args=[desk.city.handle]), since)
