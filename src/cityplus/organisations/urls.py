from django.urls import path

from cityplus.organisations.views import delegates, directory, editing, founding, work
from cityplus.organisations.views.invitation import LINKS

app_name = "organisations"
_WORK = "work/@<handle:handle>"
urlpatterns = [
    path("organisations/", directory.directory, name="directory"),
    path("organisations/new/", founding.new, name="new"),
    *LINKS.paths("organisations/invitations/"),
    path(f"{_WORK}/", work.home, name="work"),
    path(f"{_WORK}/page/", editing.page, name="work-page"),
    path(f"{_WORK}/activities/", editing.activities, name="work-activities"),
    path(f"{_WORK}/logo/", editing.logo, name="work-logo"),
    path(f"{_WORK}/logo/removal/", editing.logo_removal, name="work-logo-removal"),
    path(f"{_WORK}/asking/", work.asking, name="work-asking"),
    path(f"{_WORK}/withdrawal/", work.withdrawal, name="work-withdrawal"),
    path(f"{_WORK}/closing/", work.closing, name="work-closing"),
    path(f"{_WORK}/delegates/", delegates.delegates, name="work-delegates"),
    path(f"{_WORK}/delegates/<int:delegate>/role/", delegates.role, name="work-delegate-role"),
    path(f"{_WORK}/delegates/<int:delegate>/removal/", delegates.removal, name="work-delegate-removal"),
    path(f"{_WORK}/invitations/<int:invitation>/letter/", delegates.letter, name="work-invitation-letter"),
    path(f"{_WORK}/invitations/<int:invitation>/revocation/", delegates.revocation, name="work-invitation-revocation"),
]
