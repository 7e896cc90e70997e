from django.urls import path, register_converter

from cityplus.events.months import MonthConverter
from cityplus.events.planning.urls import addresses
from cityplus.events.planning.work import at_work
from cityplus.events.registering import views as registering
from cityplus.events.views import calendars, event, index, month

register_converter(MonthConverter, "month")

app_name = "events"
_EVENT = "@<handle:handle>/events/<slug:slug>"
_PLACE = f"{_EVENT}/registration"
urlpatterns = [
    path("events/", index.index, name="index"),
    path("events/events.atom", index.atom, name="atom"),
    path("events/<month:begin>/", month.month, name="month"),
    path("events/<month:begin>/events.ics", month.month_calendar, name="month-calendar"),
    path("events/mine/", calendars.own, name="own"),
    path("events/mine/<str:key>/calendar.ics", calendars.of_person, name="own-calendar"),
    path("events/registration/", registering.opening, name="opening"),
    path("events/registration/<str:token>/", registering.link, name="link"),
    path("presenters/", event.presenters, name="presenters"),
    path("presenters/<slug:slug>/", event.presenter, name="presenter"),
    path("@<handle:handle>/events.atom", index.atom_of_a_city, name="city-atom"),
    path("@<handle:handle>/events.ics", calendars.of_a_city, name="city-calendar"),
    path("ties/<handle:first>+<handle:second>/events.ics", calendars.of_pair, name="pair-calendar"),
    path(f"{_EVENT}/", event.event, name="event"),
    path(f"{_EVENT}/", event.event, name="page"),  # a name that no page of planning has: an address may be all digits
    path(f"{_EVENT}/agenda.ics", calendars.of_event, name="agenda"),
    path(f"{_EVENT}/files/<int:number>/", event.paper, name="paper"),
    path(f"{_PLACE}/", registering.registration, name="registration"),
    path(f"{_PLACE}/sent/", registering.sent, name="registration-sent"),
    path(f"{_PLACE}/letter/", registering.letter, name="registration-letter"),
    path(f"{_PLACE}/<int:number>/", registering.mine, name="registration-mine"),
    path(f"{_PLACE}/<int:number>/place.ics", calendars.of_place, name="registration-calendar"),
    path(f"{_PLACE}/<int:number>/cancellation/", registering.cancellation, name="registration-cancellation"),
    *addresses("work/@<handle:handle>/events/", at_work),
]
