from cityplus.organisations.models.activity import Activity, Tongue
from cityplus.organisations.models.delegate import Delegate, DelegateError
from cityplus.organisations.models.invitation import CLOSED, Invitation, InvitationError
from cityplus.organisations.models.organisation import Organisation, OrganisationError

__all__ = [
    "CLOSED",
    "Activity",
    "Delegate",
    "DelegateError",
    "Invitation",
    "InvitationError",
    "Organisation",
    "OrganisationError",
    "Tongue",
]
