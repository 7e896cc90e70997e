from django.urls import path

from cityplus.actors import pages

app_name = "actors"
urlpatterns = [path("@<handle:handle>/", pages.page, name="page")]
