"""Where the link of an invitation to act for an organisation leads."""

from __future__ import annotations

from django.urls import reverse

from cityplus.limits import Limit
from cityplus.organisations.models import Invitation
from cityplus.people.views.invitations import Links


def _workplace(invitation: Invitation) -> str:
    return reverse("organisations:work", args=[invitation.organisation.actor.handle])


LINKS = Links("organisations", Invitation, _workplace, Limit("invitation links of organisations of a network", 60, 600))
