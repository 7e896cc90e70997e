from cityplus.people.models.invitation import CLOSED, InvitationError, LetterOfInvitation
from cityplus.people.models.letter import Letter
from cityplus.people.models.person import Person

__all__ = ["CLOSED", "InvitationError", "Letter", "LetterOfInvitation", "Person"]
