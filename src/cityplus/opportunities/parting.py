"""What becomes of the rows of this room when a person leaves: what they kept goes, and in what belongs to others their name is replaced."""

from __future__ import annotations

from django.db.models import Model

from cityplus.actors.models import Actor
from cityplus.opportunities.models import Care, CareNote, Interest, Message, Opportunity, Outcome, Paper, Proof, Search
from cityplus.people.models import Person
from cityplus.social.accounts import leaving
from cityplus.social.accounts.leaving import Part

NAMES: tuple[tuple[type[Model], str], ...] = (
    (Opportunity, "made_by"),
    (Paper, "by"),
    (Interest, "by"),
    (Message, "by"),
    (Care, "asked_by"),
    (CareNote, "by"),
    (Outcome, "told_by"),
    (Outcome, "decided_by"),
    (Proof, "by"),
)


def _away(person: Person, actor: Actor | None) -> None:
    """What they saw to waits for somebody else of the team."""
    del actor
    Care.objects.filter(assigned=person).update(assigned=None)


def _purge(person: Person, actor: Actor | None) -> None:
    _away(person, actor)
    Search.objects.filter(person=person).delete()
    for model, name in NAMES:
        model._default_manager.filter(**{name: person.username}).update(**{name: person.nameless})


def plug_in() -> None:
    leaving.plug("opportunities", Part(away=_away, purge=_purge))
