from cityplus.organisations.models.activity import Activity, Tongue
from cityplus.organisations.models.delegate import Delegate, DelegateError
from cityplus.organisations.models.invitation import Invitation
from cityplus.organisations.models.organisation import Organisation, OrganisationError
from cityplus.people.models import InvitationError

__all__ = [
    "Activity",
    "Delegate",
    "DelegateError",
    "Invitation",
    "InvitationError",
    "Organisation",
    "OrganisationError",
    "Tongue",
]
