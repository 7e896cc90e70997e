"""Reading notices: groups, of what the reader may see now, with the words for them. Page, bell, digest and push all read here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from cityplus.actors.models import Actor
from cityplus.notifications.kinds import Group, Said, kind_of
from cityplus.notifications.models import Notice
from cityplus.people.models import Person

LOOKED_AT = 50
"""Notices of a group that are looked at one by one; of those behind them only the number is told."""
BELL = 99
"""What the bell counts to; beyond, it says “99+”."""
_BATCHES = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A group and what is said of it."""

    group: Group
    said: Said

    @property
    def kind(self) -> Any:
        return kind_of(self.group.head.kind)


def groups(person: Person, heads: Sequence[Notice]) -> list[Group]:
    """The groups of these heads in their order, without what the person may not know of; of a group of which nothing is left there
    is none."""
    members = _members(person, heads)
    actors = Actor.objects.there().in_bulk(_named(members))
    seen = defaultdict(list)
    for notice in _visible(person, members, actors):
        seen[notice.key].append(notice)
    return [_group(head, seen[head.key], actors) for head in heads if seen[head.key]]


def _group(head: Notice, notices: Sequence[Notice], actors: dict[int, Actor]) -> Group:
    who = tuple(actors[notice.actor] for notice in notices if notice.actor)
    return Group(head, notices, who, actors.get(head.voice), max(0, notices[0].total - LOOKED_AT))  # type: ignore[attr-defined]


def _members(person: Person, heads: Sequence[Notice]) -> list[Notice]:
    """The newest notices of the groups of these heads, each with the ``total`` of its group."""
    if not heads:
        return []
    same = Q()
    for head in heads:
        same |= Q(kind=head.kind, subject=head.subject, subject_id=head.subject_id, read_at=head.read_at)
    together = [F("kind"), F("subject"), F("subject_id"), F("read_at")]
    placed = (
        Notice.objects.of(person)
        .filter(same)
        .annotate(place=Window(RowNumber(), partition_by=together, order_by=F("id").desc()))
        .annotate(total=Window(Count("*"), partition_by=together))
    )
    return list(placed.filter(place__lte=LOOKED_AT).order_by("-id"))


def _named(notices: Iterable[Notice]) -> set[int]:
    return {actor for notice in notices for actor in (notice.actor, notice.voice) if actor}


def _visible(person: Person, notices: Iterable[Notice], there: Container[int]) -> list[Notice]:
    """Those of actors who are there that their kind lets this person see. Each kind is asked once; what it says of one that was not
    asked about is not heard."""
    by_kind = defaultdict(list)
    for notice in notices:
        if all(actor in there for actor in (notice.actor, notice.voice) if actor):
            by_kind[notice.kind].append(notice)
    found: set[int] = set()
    for name, asked in by_kind.items():
        if kind := kind_of(name):
            found |= {notice.pk for notice in kind.may_see(person, asked)} & {notice.pk for notice in asked}
    return [notice for asked in by_kind.values() for notice in asked if notice.pk in found]


def lines(person: Person, found: Sequence[Group]) -> list[Line]:
    """These groups in words, in the language that is active."""
    by_kind = defaultdict(list)
    for group in found:
        by_kind[group.head.kind].append(group)
    said: dict[int, Said] = {}
    for name, asked in by_kind.items():
        if kind := kind_of(name):
            said.update(kind.words(person, asked))
    return [Line(group, said[group.id]) for group in found if group.id in said]


def page(person: Person, *, after: int | None = None, kind: str = "", size: int = 20) -> tuple[list[Line], int | None]:
    """The lines whose heads stand after this one, the newest first, and after which one the next page begins; None on the last.

    What may not be seen leaves no gap: it is read on until the page is full.
    """
    heads = Notice.objects.of(person).heads().order_by("-id")
    heads = heads.filter(kind=kind) if kind else heads
    found: list[Line] = []
    for _ in range(_BATCHES):
        batch = list((heads.filter(pk__lt=after) if after is not None else heads)[: 2 * size])
        found += lines(person, groups(person, batch))
        if len(found) > size:
            return found[:size], found[size - 1].group.id
        if len(batch) < 2 * size:
            return found, None
        after = batch[-1].pk
    return found, after


def unread(person: Person) -> int:
    """How many groups are new for this person, up to one more than :data:`BELL`. Where there is none it is one look into an index
    of what is unread; else what may not be seen any more is not counted."""
    heads = list(Notice.objects.of(person).heads().unread().order_by("-id")[: BELL + 1])
    if not heads:
        return 0
    there = set(Actor.objects.there().filter(pk__in=_named(heads)).values_list("pk", flat=True))
    seen = {notice.pk for notice in _visible(person, heads, there)}
    rest = [head for head in heads if head.pk not in seen]
    return len(seen) + (len(groups(person, rest)) if rest else 0)


def kinds_of(person: Person) -> list[str]:
    """The kinds of which the person has notices in the page."""
    rows = Notice.objects.of(person).heads().order_by().values_list("kind", flat=True).distinct()
    return [name for name in rows if kind_of(name)]
