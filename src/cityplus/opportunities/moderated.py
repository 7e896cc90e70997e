"""Opportunities as moderation knows them: what can be reported, what hiding it does, and what the filters hold.

What is said in a conversation is no city's to judge, not even of a city in whose space nothing of it stands: a report of a message, and
one that is held, go to the office of the network, with the words of that one message.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus.languages.tags import reader_tag
from cityplus.moderation import held, subjects
from cityplus.moderation.subjects import Deed, Subject, Thing
from cityplus.opportunities import acting
from cityplus.opportunities.acting import Act
from cityplus.opportunities.models import Care, Interest, Message, Opportunity, Outcome

OUTCOME = "outcome"


def _opportunities(numbers: Collection[int]) -> dict[int, Thing]:
    rows = Opportunity.objects.filter(pk__in=numbers).select_related("host", "city__actor")
    found = {}
    for one in rows:
        label = _("Opportunity of %(name)s") % {"name": one.host.names.in_language(reader_tag())}
        said = _words(one.title, one.story)
        found[one.pk] = Thing(label, one.get_absolute_url(), said, one.host_id, one.city.actor_id)
    return found


def _messages(numbers: Collection[int]) -> dict[int, Thing]:
    """What was said, also what is hidden; it stands in no city's space."""
    found = {}
    for one in Message.objects.filter(pk__in=numbers, state__in=Message.TOLD).select_related("author", "interest"):
        label = _("Message of %(name)s about an opportunity") % {"name": one.author.names.in_language(reader_tag())}
        found[one.pk] = Thing(label, one.interest.get_absolute_url(), _words(one.text), one.author_id)
    return found


def _outcomes(numbers: Collection[int]) -> dict[int, Thing]:
    """Confirmed ones: as the word of whoever told it, in the space of the city of the opportunity."""
    found = {}
    for one in (
        Outcome.objects.filter(pk__in=numbers, state="confirmed").select_related(*_ABOUT).prefetch_related("proofs")
    ):
        teller, about = one.interest.actor_of(one.side), one.interest.opportunity
        label = _("Outcome told by %(name)s") % {"name": teller.names.in_language(reader_tag())}
        names = (proof.name for proof in one.proofs.all() if proof.public)
        said = "\n".join(filter(None, (_words(one.words), one.evidence, *names)))
        found[one.pk] = Thing(label, about.get_absolute_url(), said, teller.pk, about.city.actor_id)
    return found


_ABOUT = ("interest__opportunity__host", "interest__opportunity__city__actor", "interest__organisation__actor")


def _words(*texts: Any) -> str:
    return "\n".join(version.text for text in texts for version in text.versions.values())


def _hears(person: Any, number: int) -> bool:
    """Whether a message was said to this person: as a side, or at the desk of a city that helps."""
    helps = Care.objects.filter(asked_at__isnull=False, city__actor__in=acting.actors(person, Act.DEAL).values("pk"))
    heard = Q(interest__in=Interest.objects.between(person).values("pk")) | Q(interest__in=helps.values("interest"))
    return Message.objects.filter(heard, pk=number, state__in=Message.TOLD).exists()


def _hiding(model: Any, hidden: bool) -> Deed:
    def deed(number: int, by: str) -> None:
        for one in model.objects.filter(pk=number):
            one.withhold(hidden, by=by)

    return deed


def _held(deed: Callable[[Message], None]) -> Deed:
    def decided(number: int, by: str) -> None:
        del by  # the journal of moderation tells of the officer
        for one in Message.objects.filter(pk=number):
            deed(one)

    return decided


def plug_in() -> None:
    kinds: dict[str, tuple[Any, Any, Any, Any]] = {
        "opportunity": (gettext_lazy("an opportunity"), _opportunities, _may_see, Opportunity),
        Message.KIND: (gettext_lazy("a message about an opportunity"), _messages, _hears, Message),
        OUTCOME: (gettext_lazy("an outcome"), _outcomes, _may_count, Outcome),
    }
    for kind, (name, find, may_see, model) in kinds.items():
        subjects.plug(kind, Subject(name, find, may_see, _hiding(model, True), _hiding(model, False)))
    held.plug(Message.KIND, _held(Message.release), _held(Message.refuse))


def _may_see(person: Any, number: int) -> bool:
    return Opportunity.objects.visible_to(person).filter(pk=number).exists()


def _may_count(person: Any, number: int) -> bool:
    return Outcome.objects.counted(person).filter(pk=number).exists()
