"""The letters that cities and the network office send."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cityplus.cities import workplace
from cityplus.cities.models import City, Invitation
from cityplus.languages import formats
from cityplus.languages.tags import tag_of
from cityplus.people import letters
from cityplus.people.letters import Pattern
from cityplus.people.models import Person


def _link(known: letters.Known) -> str:
    return reverse("cities:invitation", args=[known["token"]])


_ONCE = _("The link opens once, until %(until)s. Whoever has it can accept: do not pass it on.")
_NOT_EXPECTED = _("If you did not expect this letter, do nothing, or decline by the same link.")

PATTERNS = {
    "cities/invitation_of_city": Pattern(
        _("An invitation for your city"),
        (
            _(
                "The network office of CityPlus invites %(city)s to become a member, and you to be the first owner of its team."
            ),
            _(
                "CityPlus is a network whose members are cities: each shows itself in routes and stories, in its own words."
            ),
            _ONCE,
            _NOT_EXPECTED,
        ),
        _("See the invitation"),
        _link,
    ),
    "cities/invitation": Pattern(
        _("An invitation to the team of a city"),
        (
            _("“%(inviter)s” invites you to the team of %(city)s on CityPlus. Your role would be: %(role)s."),
            _ONCE,
            _NOT_EXPECTED,
        ),
        _("See the invitation"),
        _link,
    ),
    "cities/candidacy_returned": Pattern(
        _("Your candidacy was returned"),
        (
            _("The network office has looked at %(city)s and asks for something more before it is ready."),
            _("The reason: %(reason)s"),
        ),
        _("Go to the desk"),
        lambda known: str(known["desk"]),
    ),
    "cities/ready": Pattern(
        _("Your city is ready"),
        (
            _("The network office has looked at %(city)s and marked it ready for its launch."),
            "%(reason)s",
        ),
        _("Go to the desk"),
        lambda known: str(known["desk"]),
    ),
    "cities/not_ready": Pattern(
        _("Your city prepares once more"),
        (
            _("The network office has sent %(city)s back from ready to preparing."),
            _("The reason: %(reason)s"),
        ),
        _("Go to the desk"),
        lambda known: str(known["desk"]),
    ),
}


def invite(invitation: Invitation, token: str) -> None:
    """Put the letter of an invitation into the box: in the language of who has the address already, else in the one chosen."""
    person = Person.objects.of_address(invitation.email)
    with translation.override(person.language if person else invitation.language):
        known = {
            "token": token,
            "city": name_of(invitation.city),
            "inviter": invitation.sent_by,
            "role": invitation.get_role_display(),
            "until": formats.day(invitation.expires_at, tag_of(translation.get_language() or "en")),
        }
        kind = "cities/invitation_of_city" if invitation.is_first else "cities/invitation"
        letters.write(kind, invitation.email, person, known)


def tell_team(city: City, kind: str, *, reason: str) -> None:
    """Write to everybody in the team of a city, each in their language. Who has given no address gets no letter."""
    for person in Person.objects.filter(teams__city=city, is_active=True).exclude(email=""):
        with translation.override(person.language):
            known = {"city": name_of(city), "reason": reason, "desk": workplace.of(city)}
            letters.write(kind, person.email, person, known)


def name_of(city: City) -> str:
    """The name of a city in the language that is spoken now."""
    names: Any = city.actor.names
    return str(names.in_language(tag_of(translation.get_language() or "en")) or city.actor.handle)
