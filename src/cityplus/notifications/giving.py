"""Giving notices: from subscribers of the journal, which may be told of a deed more than once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from django.db import connection, models
from django.utils import timezone

from cityplus.notifications import outgoing
from cityplus.notifications.kinds import MAIL, PAGE, PUSH, WAYS, kind_of

if TYPE_CHECKING:
    from cityplus.actors.models import Actor
    from cityplus.notifications.models import Notice, Wishes
    from cityplus.people.models import Person

_LOCK = 0x636974790029
"""PostgreSQL advisory lock held from the notice to the commit, so that notices become visible in the order of their ids and the
stream misses none. SQLite has one writer at a time and needs none."""
_AT_A_TIME = 500


def give(
    kind: str,
    *,
    to: Person,
    subject: models.Model | tuple[str, int],
    by: Actor | None = None,
    at: datetime | None = None,
    voice: Actor | None = None,
    doer: str = "",
) -> int:
    """:func:`give_many` to one person."""
    return give_many(kind, to=[to], subject=subject, by=by, at=at, voice=voice, doer=doer)


def give_many(
    kind: str,
    *,
    to: Iterable[Person],
    subject: models.Model | tuple[str, int],
    by: Actor | None = None,
    at: datetime | None = None,
    voice: Actor | None = None,
    doer: str = "",
) -> int:
    """Say to people that an actor (none: the network) did something to a subject; returns to how many that was new.

    Call it inside the transaction of a subscriber. Telling it again gives nothing again, also after the notice was read or the deed
    was taken back and done anew. ``doer`` is who did it, as the journal's ``by`` names them: they get no notice of what they did
    themselves, for whichever actor. ``voice`` is the actor that was addressed where that is not the person: a city, whose team gets
    it. ``subject`` is the thing or its label and id, as an entry of the journal has them. Who wants it by no way gets none.

    Raises:
        LookupError: no room has plugged this kind in.
        RuntimeError: no transaction is open; a notice apart from the subscriber's cursor could be lost.
    """
    if kind_of(kind) is None:
        raise LookupError(f"no room offers notices of the kind {kind}")
    if not connection.in_atomic_block:
        raise RuntimeError(f"{kind}: give notices inside the transaction of a subscriber")
    label, number = subject if isinstance(subject, tuple) else (subject._meta.label_lower, subject.pk)
    given, rest = 0, iter(to)
    while people := list(islice(rest, _AT_A_TIME)):
        deed = _Deed(kind, label, number, by.pk if by else 0, voice.pk if voice else 0, at or timezone.now())
        given += deed.tell([person for person in people if person.username != doer and person.is_active])
    return given


class _Deed:
    """What is told, the same to everybody."""

    def __init__(self, kind: str, subject: str, subject_id: int, actor: int, voice: int, at: datetime) -> None:
        self.group = {"kind": kind, "subject": subject, "subject_id": subject_id}
        self.kind, self.actor, self.voice, self.at = kind, actor, voice, at

    def tell(self, people: Sequence[Person]) -> int:
        from cityplus.notifications.models import Notice, Wishes  # noqa: PLC0415 - models load after apps
        from cityplus.notifications.models.notice import queue_for  # noqa: PLC0415

        wishes = Wishes.of_many(people)
        willing = {pk for pk, theirs in wishes.items() if any(theirs.wants(self.kind, way) for way in WAYS)}
        if not willing:
            return 0
        _queue_up()
        queue_for(sorted(willing))
        rows = Notice.objects.filter(person__in=willing, **self.group)
        known = set(rows.filter(actor=self.actor).values_list("person", flat=True))
        fresh = sorted(willing - known)
        already = set(rows.unread().filter(person__in=fresh).values_list("person", flat=True))
        rows.unread().filter(person__in=fresh, head=True).update(head=False)
        given = Notice.objects.bulk_create([self._notice(pk, wishes[pk]) for pk in fresh])
        self._send(given, wishes, already)
        return len(given)

    def _notice(self, person: int, wishes: Wishes) -> Notice:
        from cityplus.notifications.models import Notice  # noqa: PLC0415

        shown = wishes.wants(self.kind, PAGE)
        return Notice(person_id=person, actor=self.actor, voice=self.voice, at=self.at, shown=shown, **self.group)

    def _send(self, given: Sequence[Notice], wishes: Mapping[int, Wishes], already: set[int]) -> None:
        """What goes out of the house waits as jobs in this transaction. Only the first of a group is pushed: a post that a
        thousand people like rings once, until its notices are read."""
        mailed = [wishes[notice.person_id] for notice in given if wishes[notice.person_id].wants(self.kind, MAIL)]
        outgoing.digests(mailed, timezone.now())
        first = [notice for notice in given if notice.person_id not in already]
        outgoing.pushes([notice for notice in first if wishes[notice.person_id].wants(self.kind, PUSH)])


def _queue_up() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            cursor.fetchone()
