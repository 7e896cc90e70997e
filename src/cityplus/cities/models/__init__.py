from cityplus.cities.models.city import City
from cityplus.cities.models.facts import Contact, Strength
from cityplus.cities.models.invitation import CLOSED, Invitation, InvitationError
from cityplus.cities.models.rules import Rules
from cityplus.cities.models.spoken import Spoken
from cityplus.cities.models.step import Step
from cityplus.cities.models.team import Member, TeamError

__all__ = [
    "CLOSED",
    "City",
    "Contact",
    "Invitation",
    "InvitationError",
    "Member",
    "Rules",
    "Spoken",
    "Step",
    "Strength",
    "TeamError",
]
