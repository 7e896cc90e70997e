"""What becomes of organisations when somebody who acts for them closes their account."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.organisations.models import Delegate, DelegateError, Invitation, Organisation
from cityplus.people.models import Person
from cityplus.social.accounts import leaving
from cityplus.social.accounts.leaving import Part, Tied


def _go(person: Person, actor: Actor | None) -> None:
    """They act for no organisation any more. One that nobody else knows of, and that no city vouches for, is closed.

    Raises:
        Tied: they are the only owner of one that goes on.
    """
    del actor
    for mine in Delegate.objects.filter(person=person).select_related("organisation__actor").order_by("pk"):
        alone = not mine.organisation.delegates.exclude(pk=mine.pk).exists()
        if alone and mine.organisation.state in {"draft", "asked"}:
            mine.organisation.close(by=person.username)
        try:
            mine.remove(by=person.username)
        except DelegateError:
            name = str(mine.organisation.actor.names)
            words = _("You are the only owner of %(name)s. Make somebody else an owner first, or close it.")
            raise Tied(words % {"name": name}) from None


def _forget(person: Person, actor: Actor | None) -> None:
    del actor
    Delegate.objects.filter(person=person).delete()
    Invitation.objects.filter(accepted_by=person).update(accepted_by=None, email="")
    Invitation.objects.filter(sent_by=person.username).update(sent_by=person.nameless)
    Organisation.objects.filter(verified_by=person.username).update(verified_by=person.nameless)


def plug() -> None:
    """From ``apps.ready()``."""
    leaving.plug("organisations", Part(away=_go, purge=_forget))
