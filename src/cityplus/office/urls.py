from django.urls import path

from cityplus.ceremonies.planning.urls import addresses
from cityplus.events.planning.urls import addresses as of_events
from cityplus.moderation.queue.urls import OFFICE
from cityplus.moderation.queue.urls import addresses as of_moderation
from cityplus.office.views import candidacies, cities, city, invitations
from cityplus.office.views.ceremonies import at_office, trial
from cityplus.office.views.events import at_office as planned_at_office
from cityplus.office.views.moderation import at_office as decided_at_office

app_name = "office"
urlpatterns = [
    path("", cities.cities, name="cities"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/places/", invitations.places, name="places"),
    path("invitations/<int:pk>/letter/", invitations.letter, name="letter"),
    path("invitations/<int:pk>/revocation/", invitations.revocation, name="revocation"),
    path("candidacies/", candidacies.candidacies, name="candidacies"),
    path("candidacies/<int:pk>/decision/", candidacies.decision, name="decision"),
    path("@<handle:handle>/", city.city, name="city"),
    path("@<handle:handle>/owner/", city.owner, name="owner"),
    path("@<handle:handle>/preparation/", city.preparation, name="preparation"),
    path("@<handle:handle>/voucher/", city.voucher, name="voucher"),
    path("@<handle:handle>/voucher/end/", city.voucher_end, name="voucher_end"),
    path("ceremonies/trial/", trial, name="ceremony-trial"),
    *addresses("ceremonies/", at_office),
    *of_events("events/", planned_at_office),
    *of_moderation("moderation/", OFFICE, decided_at_office),
]
