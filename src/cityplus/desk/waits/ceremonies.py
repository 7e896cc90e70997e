"""What ceremonies wait for: an answer of the city, a rehearsal, the guests' links, the other cities, the announcement, the keepsake."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cityplus.ceremonies.models import Ceremony, Taking
from cityplus.ceremonies.policies import may_plan
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk
from cityplus.desk.waiting import Waiting
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag

SOON, NEAR = timedelta(days=7), timedelta(days=14)
"""Before it begins: a rehearsal should have been, and the guests should have their links."""
MOST = 50


def ceremonies(desk: Desk) -> Iterator[Waiting]:
    """What this person can do something about."""
    open_ = Q(ceremony__state__in=Ceremony.PLANNING) | Q(ceremony__state="launched")
    parts = desk.city.takings.filter(open_, state__in=("asked", "accepted")).select_related("ceremony")
    found = parts.annotate(
        silent=Count("ceremony__guests", filter=Q(ceremony__guests__linked_at=None), distinct=True)
    ).order_by("ceremony__starts_at")[:MOST]
    for taking in found:
        if taking.state == "asked":
            yield from _asked(desk, taking)
        elif taking.ceremony.state == "launched":
            yield from _launched(desk, taking.ceremony)
        else:
            yield from _led(desk, taking.ceremony)
            if may_plan(desk.role, taking.ceremony.kind, own=taking.order == 0):
                yield from _planned(desk, taking.ceremony, taking.silent)


def _asked(desk: Desk, taking: Taking) -> Iterator[Waiting]:
    if desk.may(Right.SETTINGS) and taking.ceremony.state in Ceremony.PLANNING:
        words = _("The city is asked to take part in “%(title)s” on %(day)s: say whether it does.")
        yield Waiting(
            words % _known(taking.ceremony), _plan(desk, taking.ceremony, "#cities"), taking.asked_at, urgent=True
        )


def _launched(desk: Desk, ceremony: Ceremony) -> Iterator[Waiting]:
    if desk.may(Right.PRESENT):
        words = _("“%(title)s” was held: its keepsake can be shown to everybody.")
        yield Waiting(words % _known(ceremony), _console(ceremony), ceremony.launched_at)


def _led(desk: Desk, ceremony: Ceremony) -> Iterator[Waiting]:
    if not desk.may(Right.PRESENT) or ceremony.state != "planned":
        return
    if _coming(ceremony, SOON):
        words = _("“%(title)s” is on %(day)s and was not rehearsed yet.")
        urgent = ceremony.starts_at < timezone.now() + timedelta(days=2)
        yield Waiting(words % _known(ceremony), _console(ceremony), urgent=urgent)


def _planned(desk: Desk, ceremony: Ceremony, silent: int) -> Iterator[Waiting]:
    known, plan = _known(ceremony), _plan(desk, ceremony)
    if ceremony.starts_at < timezone.now() - timedelta(days=1):
        words = _("The day of “%(title)s” is over, and it was not held: give it another, or call it off.")
        yield Waiting(words % known, plan, ceremony.starts_at)
    if not _coming(ceremony, NEAR):
        return
    if silent:
        words = ngettext(
            "%(n)s guest of “%(title)s” has no link yet.", "%(n)s guests of “%(title)s” have no link yet.", silent
        )
        url = reverse("desk:ceremony-tickets", args=[desk.city.handle, ceremony.pk])
        yield Waiting(words % {**known, "n": formats.number(silent, reader_tag())}, url)
    for taking in ceremony.takings.filter(state="asked").select_related("city__actor"):
        words = _("%(city)s has not answered yet whether it takes part in “%(title)s”.")
        city = taking.city.actor.names.in_language(reader_tag())
        yield Waiting(words % {**known, "city": city}, plan + "#cities", taking.asked_at)
    if not ceremony.announced:
        yield Waiting(_("“%(title)s” is on %(day)s and is not announced yet.") % known, plan)


def _coming(ceremony: Ceremony, within: timedelta) -> bool:
    now = timezone.now()
    return now - timedelta(days=1) < ceremony.starts_at < now + within


def _known(ceremony: Ceremony) -> dict[str, str]:
    title = ceremony.title.in_language(reader_tag()) or str(ceremony.get_kind_display())
    return {"title": title, "day": formats.day(_in_hall(ceremony).date(), reader_tag())}


def _in_hall(ceremony: Ceremony) -> datetime:
    return ceremony.starts_at.astimezone(ceremony.zone)


def _plan(desk: Desk, ceremony: Ceremony, part: str = "") -> str:
    return reverse("desk:ceremony", args=[desk.city.handle, ceremony.pk]) + part


def _console(ceremony: Ceremony) -> str:
    return reverse("ceremonies:console", args=[ceremony.pk])
