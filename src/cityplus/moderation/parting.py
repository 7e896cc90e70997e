"""What is done with reports, decisions and promises when an account is closed, and when it is purged."""

from __future__ import annotations

from cityplus.actors.models import Actor
from cityplus.moderation.models import Acceptance, Appeal, Decision, Held, OldEnough, Report
from cityplus.people.models import Person


def go(person: Person, actor: Actor | None) -> None:
    """What waits for an officer goes out of the queue with its author; what an officer has in hand is anybody's again."""
    Held.objects.filter(author=actor, state="waiting").delete()
    mine = Report.objects.open().filter(officer=person)
    mine.filter(decision=None).update(state="received", taken_at=None, officer=None)
    mine.update(officer=None)


def forget(person: Person, actor: Actor | None) -> None:
    """Reports, decisions and appeals stay, for the yearly count and for whom they concern too: without a name, and without the words
    of who is gone. What they had accepted and what was held goes."""
    for model in (Acceptance, OldEnough):
        model.objects.filter(person=person).delete()
    Report.objects.filter(reporter=person).update(reporter=None)
    Report.objects.filter(officer=person).update(officer=None)
    Decision.objects.filter(by=person).update(by=None)
    Decision.objects.filter(second=person).update(second=None)
    Appeal.objects.filter(person=person).update(person=None, words="")
    Appeal.objects.filter(by=person).update(by=None)
    if actor:
        label = f"@{actor.handle}"
        Held.objects.filter(author=actor).delete()
        Report.objects.filter(author=actor).update(label=label, excerpt="")
        Decision.objects.filter(author=actor).update(label=label)
