from django.urls import path

from cityplus.desk.views.settings import settings

urlpatterns = [path("@<handle:handle>/settings/", settings, name="settings")]
