"""Where the link of an invitation into the team of a city leads."""

from __future__ import annotations

from cityplus.cities import workplace
from cityplus.cities.models import Invitation
from cityplus.limits import Limit
from cityplus.people.views.invitations import Links


def _desk(invitation: Invitation) -> str:
    return workplace.of(invitation.city)


LINKS = Links("cities", Invitation, _desk, Limit("invitation links of a network", 60, 600))
