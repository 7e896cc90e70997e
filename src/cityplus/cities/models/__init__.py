from cityplus.cities.models.candidacy import Candidacy, CandidacyError, take_back_ready
from cityplus.cities.models.city import City
from cityplus.cities.models.facts import Contact, Strength
from cityplus.cities.models.invitation import Invitation
from cityplus.cities.models.proof import Proof, ProofError
from cityplus.cities.models.rules import Rules
from cityplus.cities.models.spoken import Spoken
from cityplus.cities.models.step import Step
from cityplus.cities.models.team import Member, TeamError
from cityplus.people.models import InvitationError

__all__ = [
    "Candidacy",
    "CandidacyError",
    "City",
    "Contact",
    "Invitation",
    "InvitationError",
    "Member",
    "Proof",
    "ProofError",
    "Rules",
    "Spoken",
    "Step",
    "Strength",
    "TeamError",
    "take_back_ready",
]
