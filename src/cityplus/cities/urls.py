from django.urls import path

from cityplus.cities import views
from cityplus.cities.views import invitation

app_name = "cities"
urlpatterns = [
    path("cities/", views.directory, name="directory"),
    path("invitations/<slug:token>/", invitation.show, name="invitation"),
    path("invitations/<slug:token>/acceptance/", invitation.accept, name="invitation_acceptance"),
    path("invitations/<slug:token>/refusal/", invitation.decline, name="invitation_refusal"),
    path("invitations/<slug:token>/account/", invitation.make_account, name="invitation_account"),
]
