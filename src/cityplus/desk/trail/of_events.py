"""Events in the trail: sentences of their verbs, and where the team finds them."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cityplus.cities.models import City
from cityplus.desk.pieces import title_of
from cityplus.desk.trail.things import Thing
from cityplus.events.models import Event, Presenter, Timetable

SAYS = {
    "event.planned": _("%(who)s began to plan %(what)s"),
    "event.changed": _("%(who)s changed the plan of %(what)s"),
    "event.published": _("%(who)s published %(what)s"),
    "event.held": _("%(what)s was held"),
    "event.cancelled": _("%(who)s cancelled %(what)s: %(reason)s"),
    "event.organiser_asked": _("%(who)s asked @%(actor)s to hold %(what)s too"),
    "event.organiser_agreed": _("%(who)s agreed for @%(actor)s to hold %(what)s too"),
    "event.organiser_left": _("%(who)s took @%(actor)s out of the organisers of %(what)s"),
    "event.venue_added": _("%(who)s added a place to %(what)s"),
    "event.venue_changed": _("%(who)s changed a place of %(what)s"),
    "event.venue_removed": _("%(who)s took a place from %(what)s"),
    "event.agenda_changed": _("%(who)s changed the agenda of %(what)s"),
    "event.question_asked": _("%(who)s added a question to the registration for %(what)s"),
    "event.question_changed": _("%(who)s changed a question of the registration for %(what)s"),
    "event.question_removed": _("%(who)s took a question from the registration for %(what)s"),
    "event.paper_added": _("%(who)s added a file to %(what)s"),
    "event.paper_removed": _("%(who)s took a file from %(what)s"),
    "event.steward_appointed": _("%(who)s gave %(name)s a link to the doors of %(what)s"),
    "event.steward_ended": _("%(who)s ended the link of %(name)s to the doors of %(what)s"),
    "event.scanned": _("%(who)s checked tickets of %(what)s: %(scans)s"),
    "event.overruled": _("%(who)s let somebody into %(what)s though the hall was full: %(reason)s"),
    "event.unseated": _("%(who)s changed a session of %(what)s, and seats in it were lost"),
    "timetable.arranged": _("%(who)s said when organisations meet at %(what)s"),
    "timetable.asked": _("%(who)s had a timetable of meetings worked out for %(what)s"),
    "timetable.published": _("%(who)s published the timetable of meetings of %(what)s"),
    "presenter.introduced": _("%(who)s introduced %(what)s"),
    "presenter.changed": _("%(who)s changed the page of %(what)s"),
}
KINDS = {"event": _("Events"), "timetable": _("Meetings"), "presenter": _("Presenters")}


def events(city: City, ids: Collection[int]) -> dict[int, Thing]:
    found = Event.objects.filter(pk__in=ids, hosting__actor=city.actor).only("slug", "title")
    return {
        one.pk: Thing(title_of(one.title, one.slug), reverse("desk:event", args=[city.handle, one.pk])) for one in found
    }


def timetables(city: City, ids: Collection[int]) -> dict[int, Thing]:
    found = Timetable.objects.filter(pk__in=ids, event__hosting__actor=city.actor).select_related("event")
    return {
        one.pk: Thing(
            title_of(one.event.title, one.event.slug), reverse("desk:event", args=[city.handle, one.event_id])
        )
        for one in found
    }


def presenters(city: City, ids: Collection[int]) -> dict[int, Thing]:
    found = Presenter.objects.filter(pk__in=ids, city=city).only("slug", "names")
    return {one.pk: Thing(title_of(one.names, one.slug), one.get_absolute_url()) for one in found}


FINDERS = {"events.event": events, "events.timetable": timetables, "events.presenter": presenters}
