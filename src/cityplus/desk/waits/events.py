"""What events wait for: an answer of the city, decisions on registrations, publication."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk
from cityplus.desk.waiting import Waiting
from cityplus.events.models import Event, Organiser
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag

NEAR = timedelta(days=30)
MOST = 50


def events(desk: Desk) -> Iterator[Waiting]:
    """What this person can do something about."""
    if not desk.may(Right.WRITE):
        return
    mine = desk.city.actor.hosting.filter(event__ends_at__gt=timezone.now()).exclude(event__state="cancelled")
    undecided = Count("event__registrations", filter=Q(event__registrations__state="asked"))
    for row in mine.select_related("event").annotate(undecided=undecided).order_by("event__starts_at")[:MOST]:
        yield from _of(desk, row, row.undecided)  # type: ignore[attr-defined] # annotated here


def _of(desk: Desk, row: Organiser, undecided: int) -> Iterator[Waiting]:
    event: Event = row.event
    plan = reverse("desk:event", args=[desk.city.handle, event.pk])
    known = {"title": event.title.in_language(reader_tag()) or event.slug}
    if row.agreed_at is None:
        if desk.may(Right.PUBLISH):
            words = _("The city is asked to hold “%(title)s” too: say whether it does.")
            yield Waiting(words % known, f"{plan}#organisers", row.asked_at, urgent=True)
        return
    if undecided:
        words = ngettext(
            "%(n)s registration for “%(title)s” waits for a decision.",
            "%(n)s registrations for “%(title)s” wait for a decision.",
            undecided,
        )
        page = reverse("desk:event-registrations", args=[desk.city.handle, event.pk])
        yield Waiting(words % {**known, "n": formats.number(undecided, reader_tag())}, f"{page}?state=asked")
    if event.state == "draft" and event.starts_at < timezone.now() + NEAR and desk.may(Right.PUBLISH):
        day = formats.day(event.starts_at.astimezone(event.zone).date(), reader_tag())
        yield Waiting(_("“%(title)s” is on %(day)s and is not published yet.") % {**known, "day": day}, plan)
