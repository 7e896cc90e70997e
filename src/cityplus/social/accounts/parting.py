"""What each room does when an account is closed and when it is purged, beside what ``estate`` does: plugged into ``leaving``."""

from __future__ import annotations

from django.db.models import F, Model, Q

from cityplus.actors.models import Actor
from cityplus.cities.models import Invitation
from cityplus.drafts.models import Presence
from cityplus.media.models import Upload
from cityplus.moderation import parting as moderation
from cityplus.notifications import parting as notices
from cityplus.people import away
from cityplus.people.models import Person
from cityplus.social.accounts import leaving
from cityplus.social.accounts.estate import hold, in_parts
from cityplus.social.accounts.leaving import Part
from cityplus.social.models import (
    Answering,
    Ballot,
    Choice,
    Closing,
    Matter,
    Note,
    Option,
    Poll,
    Post,
    Question,
    ReadyAnswer,
    Sheet,
    Spending,
)

NAMES: tuple[tuple[type[Model], str], ...] = (
    (ReadyAnswer, "changed_by"),
    (Question, "closed_by"),
    (Matter, "assigned_by"),
    (Matter, "claimed_by"),
    (Matter, "done_by"),
    (Note, "by"),
)
"""Where the name of a person stands in what belongs to others, who keep it: the name that is left of them takes its place."""


def plug() -> None:
    """From ``apps.ready()``."""
    away.plug("social", Closing.among)
    leaving.plug("social", Part(away=_go, purge=_forget))
    leaving.plug("moderation", Part(away=moderation.go, purge=moderation.forget))
    leaving.plug(
        "notifications",
        Part(
            away=lambda person, actor: notices.go(person),
            purge=lambda person, actor: notices.forget(person, [actor.pk] if actor else []),
        ),
    )
    leaving.plug("rest", Part(away=_step_back, purge=_clear))


def _go(person: Person, actor: Actor | None) -> None:
    """What was set for a moment or waited for moderation is a draft again, which the others of a team see too."""
    waits = Q(due_at__isnull=False) | Q(held_at__isnull=False)
    Sheet.objects.filter(waits, author=actor).update(due_at=None, held_at=None, problem="left")
    Matter.objects.filter(assigned=person).update(assigned=None, assigned_by="", assigned_at=None)
    Answering.objects.filter(person=person).delete()


def _forget(person: Person, actor: Actor | None) -> None:
    for model, name in NAMES:
        model._default_manager.filter(**{name: person.username}).update(**{name: person.nameless})
    Sheet.objects.filter(by=person.username).update(by=person.nameless)
    if actor:
        Sheet.objects.filter(author=actor).delete()
        Spending.objects.filter(actor=actor).delete()
        _take_ballots(actor)


def _take_ballots(actor: Actor) -> None:
    """Count the votes of an actor no longer; nobody can tell from what is left that there were any."""
    mine = Ballot.objects.filter(actor=actor)
    for polls in in_parts([*mine.values_list("poll", flat=True)]):
        hold(Poll.objects.filter(pk__in=polls))
        chosen = Choice.objects.filter(ballot__in=mine.filter(poll__in=polls))
        Option.objects.filter(pk__in=[*chosen.values_list("option", flat=True)]).update(votes=F("votes") - 1)
        Poll.objects.filter(pk__in=polls).update(voters=F("voters") - 1)
        Post.objects.filter(pk__in=polls).update(revision=F("revision") + 1)
        mine.filter(poll__in=polls).delete()


def _step_back(person: Person, actor: Actor | None) -> None:
    del actor
    Presence.objects.filter(person=person).delete()


def _clear(person: Person, actor: Actor | None) -> None:
    _step_back(person, actor)
    Upload.objects.filter(Q(person=person) | Q(owner=actor)).delete()
    Invitation.objects.filter(accepted_by=person).update(accepted_by=None, email="")
    person.groups.clear()
    person.user_permissions.clear()
