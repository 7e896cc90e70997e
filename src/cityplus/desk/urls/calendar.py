from django.urls import path

from cityplus.desk.views.calendar import calendar

urlpatterns = [path("@<handle:handle>/calendar/", calendar, name="calendar")]
