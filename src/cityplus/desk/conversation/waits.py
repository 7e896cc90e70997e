"""What of the conversation waits for somebody at the desk: what is overdue, what was given to them, what nobody sees to."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cityplus.cities.models import Rules
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk
from cityplus.desk.conversation.queue import of_show
from cityplus.desk.conversation.told import words_of
from cityplus.desk.waiting import Waiting
from cityplus.languages.formats import number
from cityplus.languages.tags import reader_tag
from cityplus.lib.ids import moment_of
from cityplus.ties.models import Common

MOST = 1000
MOST_NAMED = 20


def waits(desk: Desk) -> Iterator[Waiting]:
    """For who may speak for the city alone."""
    if not desk.may(Right.SPEAK):
        return
    for show in ("overdue", "mine", "nobody"):
        posts = list(of_show(show, desk).order_by("post").values_list("post", flat=True)[:MOST])
        if posts:
            url = f"{reverse('desk:conversation', args=[desk.city.handle])}?show={show}"
            yield Waiting(_words(desk, show, len(posts)), url, moment_of(posts[0]), urgent=show == "overdue")


def _words(desk: Desk, show: str, count: int) -> str:
    known = {"n": number(count, reader_tag()), "hours": number(Rules.of(desk.city).answer_hours, reader_tag())}
    if show == "overdue":
        return (
            ngettext(
                "%(n)s person has waited for an answer longer than %(hours)s hours.",
                "%(n)s people have waited for an answer longer than %(hours)s hours.",
                count,
            )
            % known
        )
    if show == "mine":
        return ngettext("You see to %(n)s answer.", "You see to %(n)s answers.", count) % known
    return (
        ngettext(
            "%(n)s person waits for an answer, and nobody sees to it.",
            "%(n)s people wait for an answer, and nobody sees to them.",
            count,
        )
        % known
    )


def agreements(desk: Desk) -> Iterator[Waiting]:
    """Common questions whose words wait for this city."""
    if not desk.may(Right.SPEAK):
        return
    waiting = Common.objects.waiting_for(desk.city).select_related("next_by__actor").order_by("next_at")
    for one in waiting[:MOST_NAMED]:
        known = {"question": words_of(one.shown_question), "city": one.next_by.actor.native_name if one.next_by else ""}
        words = _("%(city)s asks you to agree to the common question %(question)s")
        yield Waiting(words % known, reverse("desk:common-question", args=[desk.city.handle, one.pk]), one.next_at)
