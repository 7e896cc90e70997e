"""What a person has here beside what they said: votes, drafts, what they want to hear of, what they reported, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cityplus.actors.models import Actor
from cityplus.moderation.models import Acceptance, Decision, Report
from cityplus.notifications.models import Wishes
from cityplus.people.models import Person
from cityplus.social.models import Ballot, Sheet
from cityplus.social.takeout.telling import Fact, moment
from cityplus.web.addresses import absolute


def ballots(actor: Actor) -> Iterator[Fact]:
    """In which polls they voted, and for what."""
    rows = Ballot.objects.filter(actor=actor).select_related("poll__post__author").order_by("pk")
    for row in rows.prefetch_related("choices__option").iterator(chunk_size=200):
        chosen = [choice.option.words.as_json() for choice in row.choices.all()]
        yield {"post": absolute(row.poll.post.get_absolute_url()), "at": moment(row.at), "chosen": chosen}


def sheets(actor: Actor) -> Iterator[Fact]:
    """What they have begun to write, as the form has it."""
    for sheet in Sheet.objects.filter(author=actor).order_by("pk").iterator():
        yield {
            "document": sheet.document,
            "begun": moment(sheet.made_at),
            "changed": moment(sheet.changed_at),
            "due": moment(sheet.due_at),
            "held": moment(sheet.held_at),
        }


def wishes(person: Person) -> Fact:
    """What they want to hear of; the usual where they have not chosen."""
    theirs = Wishes.of(person)
    names = ("digest", "hour", "weekday", "zone", "ways")
    return {"chosen": Wishes.objects.filter(person=person).exists(), **{n: getattr(theirs, n) for n in names}}


def reports(person: Person) -> Iterator[Fact]:
    """What they reported; whose it was belongs to others."""
    for one in Report.objects.filter(reporter=person).order_by("pk").prefetch_related("rules").iterator(chunk_size=200):
        yield {
            "kind": one.kind,
            "number": str(one.subject_id),
            "reason": one.reason,
            "rules": [rule.text.as_json() for rule in one.rules.all()],
            "words": one.words,
            "forwarded": one.forwarded,
            "at": moment(one.at),
            "state": one.state,
            "decided": moment(one.decided_at),
        }


def decisions(actor: Actor) -> Iterator[Fact]:
    """What was decided about them and theirs, as their page of decisions says it: without the officer."""
    rows = Decision.objects.filter(author=actor, state__in=Decision.SHOWN).exclude(kind="dismiss").order_by("pk")
    for one in rows.select_related("appeal", "team").prefetch_related("rules").iterator(chunk_size=200):
        yield {
            "kind": one.kind,
            "about": {"kind": one.subject_kind, "number": str(one.subject_id)},
            "by": one.team.handle if one.team else "the network office",
            "at": moment(one.second_at or one.at),
            "reason": one.reason,
            "rules": [rule.text.as_json() for rule in one.rules.all()],
            "state": one.state,
            "appeal": _appeal(one),
        }


def _appeal(decision: Decision) -> dict[str, Any] | None:
    appeal = getattr(decision, "appeal", None)
    if appeal is None:
        return None
    told = {"words": appeal.words, "at": moment(appeal.at), "state": appeal.state}
    return told | {"settled": moment(appeal.settled_at), "reason": appeal.reason}


def accepted(person: Person) -> list[Fact]:
    """Which editions of the rules they accepted."""
    rows = Acceptance.objects.filter(person=person).select_related("edition").order_by("pk")
    return [{"edition": row.edition.number, "at": moment(row.at)} for row in rows]
