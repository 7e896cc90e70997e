"""What of a city's conversation somebody asks for at the desk, and how it is shown there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from babel import dates
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cityplus.cities.models import City, Rules
from cityplus.desk.access import Desk
from cityplus.languages.tags import LanguageError, check_tag, locale_of, reader_tag
from cityplus.social.models import Matter, Post
from cityplus.social.models.matter import MatterQuerySet
from cityplus.social.speakers.speaking import speakers_of

SHOWS: Mapping[str, Any] = {
    "": _("Waiting"),
    "mine": _("Mine"),
    "nobody": _("Nobody’s"),
    "overdue": _("Overdue"),
    "done": _("Done"),
}
KINDS: Mapping[str, Any] = {
    "": _("Everything"),
    "question": _("Questions"),
    "reply": _("Replies"),
    "mention": _("Mentions"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, as it stands in the address; what is empty filters nothing."""

    show: str = ""
    kind: str = ""
    language: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Wish:
        """What a query string asks for; what is not known is taken for nothing."""
        show, kind, language = (asked.get(name, "") for name in ("show", "kind", "language"))
        return cls(show if show in SHOWS else "", kind if kind in KINDS else "", language if _is_tag(language) else "")

    def as_query(self) -> dict[str, str]:
        said = {"show": self.show, "kind": self.kind, "language": self.language}
        return {name: value for name, value in said.items() if value}

    def but(self, show: str) -> dict[str, str]:
        """The same of another sort."""
        return replace(self, show=show).as_query()

    @property
    def order(self) -> str:
        """What waits longest comes first; what is done last."""
        return "-post" if self.show == "done" else "post"

    def matters(self, desk: Desk) -> MatterQuerySet:
        found = of_show(self.show, desk)
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.language:
            found = found.filter(language=self.language)
        return found.select_related("post__author", "post__space", "assigned")


def of_show(show: str, desk: Desk) -> MatterQuerySet:
    """The matters of one sort."""
    every = Matter.objects.of(desk.city)
    if show == "mine":
        return every.waiting().filter(assigned=desk.person)
    if show == "nobody":
        return every.of_nobody(desk.city)
    if show == "overdue":
        return every.overdue(desk.city)
    return every.filter(state="done") if show == "done" else every.waiting()


def counted(desk: Desk, most: int = 1000) -> list[tuple[str, Any, str]]:
    """Each sort with its name, and how many wait in it; of what is done the number says nothing."""
    found = []
    for show, name in SHOWS.items():
        count = len(of_show(show, desk).values_list("pk")[: most + 1]) if show != "done" else 0
        found.append((show, name, "" if show == "done" else f"{most}+" if count > most else str(count)))
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A matter in the queue. ``given`` is to whom, as far as they are still of those who may speak; ``seen`` the newest answer there is;
    ``tag`` the language in which the city answers unless it says otherwise."""

    matter: Matter
    ago: str
    overdue: bool
    given: str
    mine: bool
    seen: int
    tag: str


def lines(desk: Desk, matters: Sequence[Matter]) -> list[Line]:
    """Matters as the queue shows them, in a fixed number of queries."""
    hours = Rules.of(desk.city).answer_hours
    team = set(speakers_of(desk.city).values_list("pk", flat=True))
    seen = newest(desk.city, matters)
    return [_line(desk, matter, hours, team, seen.get(matter.post_id, 0)) for matter in matters]


def newest(city: City, matters: Sequence[Matter]) -> dict[int, int]:
    """The newest answer to each of these, as :meth:`Matter.newest` has it."""
    replies = Post.objects.there().filter(reply_to__in=[matter.post_id for matter in matters])
    found = replies.filter(Q(author=city.actor_id) | Q(answer__isnull=False)).values("reply_to").order_by()
    rows = found.annotate(newest=Max("pk")).values_list("reply_to", "newest")
    return {post: pk for post, pk in rows if post is not None}


def _line(desk: Desk, matter: Matter, hours: int, team: set[int], seen: int) -> Line:
    given = matter.assigned.get_username() if matter.assigned and matter.assigned_id in team else ""
    late = bool(hours) and matter.state == "waiting" and timezone.now() - matter.at > timedelta(hours=hours)
    return Line(
        matter,
        ago(matter.at),
        late,
        given,
        matter.assigned_id == desk.person.pk,
        seen,
        (desk.city.languages or ["en"])[0],
    )


def ago(moment: datetime) -> str:
    """How long something is ago: ``3 hours ago``."""
    return str(dates.format_timedelta(moment - timezone.now(), add_direction=True, locale=locale_of(reader_tag())))


def speakers(city: City) -> list[str]:
    """The names of those to whom something can be given."""
    return list(speakers_of(city).order_by("username").values_list("username", flat=True))


def _is_tag(tag: str) -> bool:
    try:
        return bool(tag and check_tag(tag))
    except LanguageError:
        return False
