"""What waits for those of a team who verify: organisations that ask."""

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
from cityplus.organisations.models import Organisation


def organisations(desk: Desk) -> Iterator[Waiting]:
    if not desk.may(Right.VERIFY):
        return
    asked = Organisation.objects.filter(city=desk.city, state="asked")
    if n := asked.count():
        words = ngettext("%(n)s organisation asks to be verified.", "%(n)s organisations ask to be verified.", n)
        url = reverse("desk:organisations", args=[desk.city.handle])
        yield Waiting(words % {"n": number(n, reader_tag())}, url, asked.aggregate(at=Min("asked_at"))["at"])
