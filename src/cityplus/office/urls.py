from django.urls import path

from cityplus.ceremonies.planning.urls import addresses
from cityplus.office import views
from cityplus.office.views.ceremonies import at_office, trial

app_name = "office"
urlpatterns = [
    path("", views.cities, name="cities"),
    path("ceremonies/trial/", trial, name="ceremony-trial"),
    *addresses("ceremonies/", at_office),
]
