from django.urls import path

from cityplus.cities import views
from cityplus.cities.views.invitation import LINKS

app_name = "cities"
urlpatterns = [path("cities/", views.directory, name="directory"), *LINKS.paths("invitations/")]
