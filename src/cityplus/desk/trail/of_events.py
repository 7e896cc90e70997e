"""Events in the trail: sentences of their verbs, and where the team finds them."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cityplus.cities.models import City
from cityplus.desk.pieces import title_of
from cityplus.desk.trail.things import Thing
from cityplus.events.models import Event, Presenter

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
    "presenter.introduced": _("%(who)s introduced %(what)s"),
    "presenter.changed": _("%(who)s changed the page of %(what)s"),
}
KINDS = {"event": _("Events"), "presenter": _("Presenters")}


def events(city: City, ids: Collection[int]) -> dict[int, Thing]:
    found = Event.objects.filter(pk__in=ids, hosting__actor=city.actor).only("slug", "title")
    return {
        one.pk: Thing(title_of(one.title, one.slug), reverse("desk:event", args=[city.handle, one.pk])) for one in found
    }


def presenters(city: City, ids: Collection[int]) -> dict[int, Thing]:
    found = Presenter.objects.filter(pk__in=ids, city=city).only("slug", "names")
    return {one.pk: Thing(title_of(one.names, one.slug), one.get_absolute_url()) for one in found}


FINDERS = {"events.event": events, "events.presenter": presenters}
