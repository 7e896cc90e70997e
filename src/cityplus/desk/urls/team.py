from django.urls import path

from cityplus.desk.views import invitations, team

_MEMBER = "@<handle:handle>/team/<int:member>/"
_INVITATION = "@<handle:handle>/team/invitations/<int:invitation>/"
urlpatterns = [
    path("@<handle:handle>/team/", team.members, name="team"),
    path(_MEMBER, team.one, name="member"),
    path(f"{_MEMBER}role/", team.role, name="member-role"),
    path(f"{_MEMBER}removal/", team.removal, name="member-removal"),
    path(f"{_MEMBER}handover/", team.handover, name="member-handover"),
    path("@<handle:handle>/team/invitations/", invitations.send, name="invitations"),
    path(f"{_INVITATION}letter/", invitations.again, name="invitation-letter"),
    path(f"{_INVITATION}revocation/", invitations.revoke, name="invitation-revocation"),
]
