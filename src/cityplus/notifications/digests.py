"""Digests: a letter with what is unread, once for each moment that the person has chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from cityplus import jobs
from cityplus.jobs.models import Job
from cityplus.languages import formats
from cityplus.languages.tags import UI_LANGUAGES, tag_of
from cityplus.notifications import ending, outgoing, reading
from cityplus.notifications.kinds import MAIL
from cityplus.notifications.models import Digest, Notice, Wishes
from cityplus.notifications.models.notice import queue_for
from cityplus.notifications.reading import Line
from cityplus.people.models import Letter, Person
from cityplus.web.addresses import absolute

LOOKED_AT = 200
"""Groups that a digest looks at, the newest; it says how many of them one may see."""
MOST = 30
"""Groups that a letter tells of; of the others it says how many there are."""
_TICK = timedelta(microseconds=1)


@jobs.job("notifications.digest")
def make(person: int, due: str) -> None:
    """The work of the job. What the person has chosen since counts: a digest for another hour than theirs is none."""
    moment = datetime.fromisoformat(due)
    reader = Person.objects.filter(pk=person, is_active=True).first()
    if reader is None:
        return
    wishes = Wishes.of(reader)
    if wishes.next_due(moment - _TICK) != moment:
        return
    with transaction.atomic():
        digest, new = Digest.objects.get_or_create(person=reader, due=moment)
        if new:
            digest.lines = _write(reader, wishes, digest)
            digest.save(update_fields=["lines"])


def _write(person: Person, wishes: Wishes, digest: Digest) -> int:
    """Put the letter into the box, and settle what it could have told of; returns how many groups it tells of."""
    queue_for([person.pk])
    waiting = Notice.objects.of(person).unread().filter(head=True, mailed_at=None)
    heads = [head for head in waiting.order_by("-id")[:LOOKED_AT] if wishes.wants(head.kind, MAIL)]
    address = EmailAddress.objects.get_primary(person)
    count = 0
    if heads and address and address.verified:
        with translation.override(person.language):
            lines = reading.lines(person, reading.groups(person, heads))
            count = len(lines)
            if lines:
                _post(person, wishes, address.email, lines, str(digest.pk))
    Notice.objects.of(person).groups_of(waiting).update(mailed_at=timezone.now())
    return count


@dataclass(frozen=True, slots=True)
class _Item:
    text: str
    excerpt: str
    link: str
    when: str


def _post(person: Person, wishes: Wishes, address: str, lines: list[Line], number: str) -> None:

    code = translation.get_language()
    tag = tag_of(code)
    items = [
        _Item(
            line.said.text, line.said.excerpt, absolute(line.said.path), formats.day(wishes.local(line.group.at), tag)
        )
        for line in lines[:MOST]
    ]
    subject = ngettext("%(n)s notice from CityPlus", "%(n)s notices from CityPlus", len(lines)) % {"n": len(lines)}
    end = absolute(ending.address(person))
    context = {
        "language": next(language for language in UI_LANGUAGES if language.code == code),
        "subject": subject,
        "name": person.username,
        "items": items,
        "more": len(lines) - len(items),
        "page": absolute(reverse("notifications:page")),
        "wishes": absolute(reverse("notifications:wishes")),
        "end": end,
    }
    text, html = (render_to_string(f"notifications/digest.{kind}", context) for kind in ("txt", "html"))
    headers = {
        "List-Unsubscribe": f"<{end}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"CityPlus <digests.{_host()}>",
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<digest-{number}@{_host()}>",  # whoever gets it twice can tell that it is one
    }
    Letter.post(address, subject, text, html, headers)


def _host() -> str:
    return urlsplit(absolute("/")).hostname or "localhost"


@jobs.chore("notifications.digests")
def catch_up() -> None:
    """See that a digest is on its way to everybody for whom notices wait, also when what they chose or the network was changed under
    them; and forget the digests and their jobs that were made long ago."""
    now = datetime.now(UTC)
    waiting = Notice.objects.unread().filter(mailed_at=None, given_at__lt=now - timedelta(hours=1))
    people = Person.objects.filter(is_active=True, pk__in=waiting.order_by().values("person"))
    for part in batched(people.iterator()):
        outgoing.digests(Wishes.of_many(part).values(), now)
    month = now - timedelta(days=30)
    Job.objects.filter(
        kind__in=("notifications.digest", "notifications.push"), state="done", ended_at__lt=month
    ).delete()
    Digest.objects.filter(made_at__lt=month).delete()


def batched(people: Iterator[Person]) -> Iterator[list[Person]]:
    """These people, some hundreds at a time."""
    while part := list(islice(people, 500)):
        yield part
