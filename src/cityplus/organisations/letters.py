"""The letters that organisations get and send."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cityplus.languages import formats
from cityplus.languages.tags import tag_of
from cityplus.languages.text import Text
from cityplus.organisations.models import Invitation, Organisation
from cityplus.organisations.roles import Right, roles_with
from cityplus.people import letters
from cityplus.people.letters import Pattern
from cityplus.people.models import Person


def _workplace(known: letters.Known) -> str:
    return reverse("organisations:work", args=[known["handle"]])


PATTERNS = {
    "organisations/invitation": Pattern(
        _("An invitation to act for an organisation"),
        (
            _("“%(inviter)s” invites you to act for %(organisation)s on CityPlus. Your role would be: %(role)s."),
            _("The link opens once, until %(until)s. Whoever has it can accept: do not pass it on."),
            _("If you did not expect this letter, do nothing, or decline by the same link."),
        ),
        _("See the invitation"),
        lambda known: reverse("organisations:invitation", args=[known["token"]]),
    ),
    "organisations/verified": Pattern(
        _("Your organisation is verified"),
        (_("%(city)s has verified %(organisation)s. From now on everybody sees its page, and you can speak for it."),),
        _("Go to the workplace"),
        _workplace,
    ),
    "organisations/returned": Pattern(
        _("Your organisation was given back"),
        (
            _("%(city)s does not verify %(organisation)s as it is now. The reason: %(reason)s"),
            _("Change what is asked for, and ask again."),
        ),
        _("Go to the workplace"),
        _workplace,
    ),
}


def invite(invitation: Invitation, token: str) -> None:
    """Put the letter of an invitation into the box: in the language of who has the address already, else in the one chosen."""
    person = Person.objects.of_address(invitation.email)
    with translation.override(person.language if person else invitation.language):
        known = {
            "token": token,
            "organisation": _name(invitation.organisation.actor.names, invitation.organisation.actor.handle),
            "inviter": invitation.sent_by,
            "role": invitation.get_role_display(),
            "until": formats.day(invitation.expires_at, tag_of(translation.get_language() or "en")),
        }
        letters.write("organisations/invitation", invitation.email, person, known)


def tell(organisation: Organisation, kind: str, reason: str = "") -> None:
    """Write to all who may change the organisation, each in their language. Who has given no address gets no letter."""
    people = Person.objects.filter(
        delegations__organisation=organisation, delegations__role__in=roles_with(Right.WRITE), is_active=True
    )
    for person in people.exclude(email=""):
        with translation.override(person.language):
            actor, city = organisation.actor, organisation.city.actor
            known = {"organisation": _name(actor.names, actor.handle), "city": _name(city.names, city.handle)}
            letters.write(
                f"organisations/{kind}", person.email, person, {**known, "reason": reason, "handle": actor.handle}
            )


def _name(names: Text, handle: str) -> str:
    return names.in_language(tag_of(translation.get_language() or "en")) or handle
