from django.urls import path

from cityplus.desk.views.home import desks, home

urlpatterns = [path("", desks, name="desks"), path("@<handle:handle>/", home, name="home")]
