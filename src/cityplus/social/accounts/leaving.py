"""Closing an account: gone from every view at once, back when its person signs in within thirty days, purged after that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import jobs, journal
from cityplus.actors.models import Actor
from cityplus.cities.models import Member, TeamError
from cityplus.people.models import Person
from cityplus.social import entries
from cityplus.social.accounts import estate
from cityplus.social.errors import SocialError
from cityplus.social.models import Closing, Profile, Takeout
from cityplus.social.models.closing import WAIT

Step = Callable[[Person, "Actor | None"], object]


class Tied(SocialError):
    """The account cannot be closed yet: others depend on it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a room does with its own rows when an account is closed, reopened and purged. Each may be called again."""

    away: Step = lambda person, actor: None
    back: Step = lambda person, actor: None
    purge: Step = lambda person, actor: None


_parts: dict[str, Part] = {}
_holds: dict[str, Callable[[Actor], bool]] = {}


def plug(room: str, part: Part) -> None:
    """A socket: what else is to be done, in the same transaction."""
    _parts[room] = part


def hold(room: str, held: Callable[[Actor], bool]) -> None:
    """A socket: ``held(actor)`` says that an actor stays away although its person came back, because it was suspended."""
    _holds[room] = held


def close(person: Person, *, by: str) -> Closing:
    """Close an account. One that is closed stays as it is.

    Raises:
        Tied: it is the last owner of a city's team, or belongs to the network office or the operator.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        if there := Closing.of(person):
            return there
        if person.is_staff or person.is_superuser:
            raise Tied(_("You act for the network office. Have the operator end that first."))
        actor = _actor_of(person)
        _leave_teams(person, by)
        hid = actor is not None and actor.gone_at is None
        closing = Closing.objects.create(person=person, actor=actor, due_at=timezone.now() + WAIT, hid=hid)
        # From here on nobody posts: who had begun to has ended, and who begins finds the actor gone.
        journal.record("account.closed", closing, by=by, actor=actor.pk if actor else 0)
        if actor:
            _go(actor, closing)
        for part in _parts.values():
            part.away(person, actor)
        jobs.enqueue("social.put_away", key=str(closing.pk), closing=closing.pk)
    _end_sessions(person)
    put_away(closing.pk)
    return closing


@jobs.job("social.put_away")
def put_away(closing: int) -> None:
    """Take the follows and marks of a closed account away, so that the counters of others are right. It is done at once, and by the
    worker once more, for what was on its way at that moment."""
    with transaction.atomic():
        found = Closing.objects.select_for_update(of=("self",), no_key=True).select_related("actor").get(pk=closing)
        journal.queue_up()  # before the rows of others, in the order in which posting takes the two
        if found.actor and not found.reopened_at and not found.purged_at:
            found.kept = estate.put_away(found.actor, found.kept, posts=found.hid)
            found.save(update_fields=["kept"])


def reopen(person: Person, *, by: str) -> bool:
    """Take a closing back; whether there was one. Who is suspended stays away until that ends."""
    while closing := Closing.of(person):
        _bring_back(closing.pk)
        with transaction.atomic():
            Person.objects.select_for_update(no_key=True).get(pk=person.pk)
            closing = Closing.objects.select_for_update(no_key=True).get(pk=closing.pk)
            if closing.reopened_at or closing.purged_at:
                return False  # somebody was quicker
            if closing.kept:
                continue  # the worker has put away once more what was just brought back
            actor = _actor_of(person)
            closing.reopened_at = timezone.now()
            closing.save(update_fields=["reopened_at"])
            Profile.objects.filter(person=person).update(closed_at=None)
            journal.record("account.reopened", closing, by=by, actor=actor.pk if actor else 0)
            if actor and not any(held(actor) for held in _holds.values()):
                _come(actor)
            for part in _parts.values():
                part.back(person, actor)
        return True
    return False


def _bring_back(closing: int) -> None:
    """Before the account is there again, and apart from that: it takes rows of others, and none who waits for the journal may."""
    with transaction.atomic():
        found = Closing.objects.select_for_update(of=("self",), no_key=True).select_related("actor").get(pk=closing)
        journal.queue_up()  # before the rows of others, as in :func:`put_away`
        if found.actor and not found.reopened_at and not found.purged_at:
            estate.take_up(found.actor, found.kept, posts=found.hid)
            found.kept = {}
            found.save(update_fields=["kept"])


@jobs.chore("social.purge")
def purge_due(now: datetime | None = None) -> int:
    """Purge what was closed thirty days ago; returns how many accounts."""
    due = Closing.objects.filter(reopened_at=None, purged_at=None, due_at__lte=now or timezone.now())
    return sum(_purge(pk) for pk in due.values_list("pk", flat=True))


def _purge(pk: int) -> bool:
    """Of a person nothing is left but the handle, which nobody gets again."""
    put_away(pk)
    with transaction.atomic():
        # The person, then the closing, then the journal's order: as who signs in at this moment does.
        person = Person.objects.select_for_update(no_key=True).get(closings=pk)
        closing = Closing.objects.select_for_update(no_key=True).get(pk=pk)
        if closing.reopened_at or closing.purged_at:
            return False
        actor = _actor_of(person)
        for part in _parts.values():
            part.purge(person, actor)
        if actor:
            estate.destroy(actor)
        _forget(person)
        closing.kept, closing.purged_at = {}, timezone.now()
        closing.save(update_fields=["kept", "purged_at"])
        journal.record("account.purged", closing, actor=actor.pk if actor else 0)
    return True


def _forget(person: Person) -> None:
    """The row stays, for others point to it; nothing in it is about anybody."""
    _end_sessions(person)
    Profile.objects.filter(person=person).update(person=None, closed_at=timezone.now())
    for model in (EmailAddress, Authenticator, UserSession):
        model.objects.filter(user=person).delete()
    Takeout.objects.filter(person=person).delete()
    blank: dict[str, Any] = {"username": person.nameless, "email": "", "first_name": "", "last_name": ""}
    for name, value in {**blank, "is_active": False, "last_login": None}.items():
        setattr(person, name, value)
    person.set_unusable_password()
    person.save()


def _leave_teams(person: Person, by: str) -> None:
    for member in Member.objects.filter(person=person).select_related("city__actor"):
        try:
            member.remove(by=by)
        except TeamError:
            city = str(member.city.actor.names)
            raise Tied(
                _("You are the only owner of %(city)s. Make somebody else an owner first.") % {"city": city}
            ) from None


def _actor_of(person: Person) -> Actor | None:
    journal.queue_up()  # before profile and actor, as in changing a profile
    profile = Profile.objects.select_for_update(no_key=True).filter(person=person).first()
    # No key: who posts writes the key of the actor while we wait for our turn.
    return Actor.objects.select_for_update(no_key=True).get(pk=profile.actor_id) if profile else None


def _go(actor: Actor, closing: Closing) -> None:
    if actor.gone_at is None:
        actor.gone_at = closing.at
        actor.save(update_fields=["gone_at"])
    Actor.objects.filter(pk=actor.pk).update(revision=F("revision") + 1)
    Profile.objects.filter(actor=actor).update(closed_at=closing.at)
    entries.vanish(actor)


def _come(actor: Actor) -> None:
    Actor.objects.filter(pk=actor.pk).update(gone_at=None, revision=F("revision") + 1)
    actor.refresh_from_db()
    entries.come_back(actor)


def _end_sessions(person: Person) -> None:
    for session in UserSession.objects.filter(user=person):
        session.end()


def sign_in_reopens(sender: Any, request: Any, user: Any, **_rest: Any) -> None:
    """Whoever signs in has come back."""
    del sender, request
    if isinstance(user, Person):
        reopen(user, by=user.username)
