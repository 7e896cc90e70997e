"""What of this room a person takes along: what they wrote themselves, whoever they wrote it for. The words of others are theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from cityplus.opportunities.models import CareNote, Interest, Message, Opportunity, Outcome, Proof, Search
from cityplus.people.models import Person
from cityplus.social.takeout import belongings
from cityplus.social.takeout.telling import Fact, moment
from cityplus.web.addresses import absolute


def opportunities(person: Person) -> Iterator[Fact]:
    """Those that they began to write, as they stand now; money also where it is not public."""
    rows = Opportunity.objects.filter(made_by=person.username).for_lists().order_by("pk")
    for one in rows.iterator(chunk_size=200):
        yield {
            "address": absolute(one.get_absolute_url()),
            "host": one.host.handle,
            "state": one.state,
            "direction": one.direction,
            "kind": one.kind,
            "title": one.title.as_json(),
            "story": one.story.as_json(),
            "place": one.place.as_json(),
            "value": _value(one),
            "made": moment(one.made_at),
            "published": moment(one.published_at),
            "until": moment(one.expires_at),
        }


def interests(person: Person) -> Iterator[Fact]:
    """The conversations in which they wrote or told an outcome, with what they wrote and told there."""
    name = person.username
    said, told = Message.objects.filter(by=name), Outcome.objects.filter(told_by=name)
    theirs = Q(by=name) | Q(pk__in=said.values("interest")) | Q(pk__in=told.values("interest"))
    rows = Interest.objects.filter(theirs).whole().order_by("pk")
    own = [
        Prefetch("messages", said.select_related("author").order_by("pk"), to_attr="said"),
        Prefetch("outcomes", told.order_by("pk"), to_attr="told"),
    ]
    found: Iterator[Any] = rows.prefetch_related(*own).iterator(chunk_size=200)
    for one in found:
        yield {
            "address": absolute(one.get_absolute_url()),
            "opportunity": absolute(one.opportunity.get_absolute_url()),
            "organisation": one.organisation.actor.handle,
            "begun": moment(one.at) if one.by == name else None,
            "said": [_message(message) for message in one.said],
            "outcomes": [_outcome(outcome) for outcome in one.told],
        }


def _message(one: Message) -> Fact:
    return {"for": one.author.handle, "at": moment(one.at), "state": one.state, "text": one.text.as_json()}


def _outcome(one: Outcome) -> Fact:
    facts = {"kind": one.kind, "on": one.on.isoformat(), "state": one.state, "value": _value(one)}
    return {**facts, "evidence": one.evidence, "words": one.words.as_json(), "told": moment(one.told_at)}


def evidence(person: Person) -> Iterator[Fact]:
    """The files that they added to outcomes; each is in the zip as ``file``."""
    for one in _proofs(person).select_related("outcome__interest"):
        yield {
            "interest": absolute(one.outcome.interest.get_absolute_url()),
            "name": one.name,
            "file": _place(one),
            "public": one.public,
            "at": moment(one.at),
        }


def files(person: Person) -> Iterator[tuple[str, str]]:
    return ((_place(one), one.key) for one in _proofs(person))


def _proofs(person: Person) -> QuerySet[Proof]:
    return Proof.objects.filter(by=person.username).order_by("pk")


def _place(one: Proof) -> str:
    return f"evidence/{one.pk}-{one.name}"


def notes(person: Person) -> Iterator[Fact]:
    """What they wrote down for their team about interests that it follows."""
    for one in CareNote.objects.filter(by=person.username).select_related("care").order_by("pk").iterator():
        yield {"interest": one.care.interest_id, "words": one.words, "at": moment(one.at)}


def searches(person: Person) -> Iterator[Fact]:
    """The filters that they keep."""
    for one in Search.objects.filter(person=person).iterator():
        yield {"name": one.name, "filters": one.filters, "since": moment(one.since)}


def _value(thing: Opportunity | Outcome) -> Fact | None:
    """A range of money in whole numbers of the smallest unit of its currency."""
    if not thing.currency:
        return None
    ends = {"from": thing.value_from, "to": thing.value_to, "currency": thing.currency}
    return {**ends, "public": thing.value_public}


def plug_in() -> None:
    belongings.plug("opportunities", opportunities)
    belongings.plug("interests", interests)
    belongings.plug("interest-notes", notes)
    belongings.plug("evidence", evidence)
    belongings.plug_files("opportunities", files)
    belongings.plug("searches", searches)
