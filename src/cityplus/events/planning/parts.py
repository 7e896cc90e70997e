"""The parts of an event: organisers, places, the agenda, questions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.events.errors import EventError
from cityplus.events.models import Event, Organiser, Presenter, Question, Session, Venue
from cityplus.events.planning import specs
from cityplus.events.planning.pages import About, back, deed, form, key_of, refused
from cityplus.events.planning.planner import Planner, languages_of, spoken_of
from cityplus.events.planning.sheet import Sheet, Spec
from cityplus.lib import signs
from cityplus.organisations.models import Organisation

LARGEST = 2**63 - 1


def organisers(request: HttpRequest, planner: Planner, event: int) -> HttpResponse:
    """Ask a city or an organisation to hold it too."""
    handle = signs.line(request.POST.get("handle", "")).lstrip("@").lower()
    public = Q(city__stage__in=City.PUBLIC) | Q(organisation__in=Organisation.objects.public())
    asked = Actor.objects.there().filter(public, handle=handle).first()
    if asked is None:
        messages.error(
            request, _("There is no city and no verified organisation @%(handle)s.") % {"handle": handle[:40]}
        )
        return back(planner, planner.find(event))
    return deed(request, planner, event, lambda found: Organiser.ask(found, asked, by=planner.by), "organisers")


def agreement(request: HttpRequest, planner: Planner, event: int, organiser: int) -> HttpResponse:
    """Agree to hold it, or decline; who holds it asks one that has not answered no longer."""
    found = planner.find(event)
    row = get_object_or_404(found.hosting, pk=min(organiser, LARGEST))
    own = planner.actor is None or row.actor_id == planner.actor.pk
    answer = request.POST.get("answer", "")
    if not planner.may or (answer == "agree" and not own):
        return refused(request, planner)
    if answer == "agree":
        row.agree(by=planner.by)
    elif own or (planner.agreed(found) and row.agreed_at is None):
        try:
            (row.leave if own else row.ask_no_longer)(by=planner.by)
        except EventError as refusal:
            messages.error(request, str(refusal))
    else:
        return refused(request, planner)
    still = planner.events.filter(pk=found.pk).exists()
    return back(planner, found, "organisers") if still else redirect(planner.address("events"))


def venue(request: HttpRequest, planner: Planner, event: int, venue: int = 0) -> HttpResponse:
    """A place: a new one, or one that is changed."""
    found = planner.find(event)
    row = get_object_or_404(found.venues, pk=min(venue, LARGEST)) if venue else None
    kept = _kept(row, specs.venue())
    kept["city"] = row.city_id or "" if row else (planner.city.pk if planner.city and not found.venues.all() else "")

    def keep(values: dict[str, Any]) -> None:
        values["city_id"] = key_of(values.pop("city"))
        values["time_zone"] = values["time_zone"] or _zone_of(found, values["city_id"])
        if row:
            row.change(by=planner.by, **values)
        else:
            found.add_venue(by=planner.by, **values)

    about = About(
        title=pgettext("of an event", "Place") if row else _("Add a place"), part="places",
        action=planner.address("event-venue", found.pk, row.pk) if row else planner.address("event-venues", found.pk),
        remove=planner.address("event-venue-removal", found.pk, row.pk) if row else "",
    )  # fmt: skip
    return form(request, planner, found, _sheet(request, found, specs.venue(), kept), keep, about)


def _zone_of(event: Event, city: int | None) -> str:
    """The clock of a place of which none was named: that of its city; online that of the event."""
    return City.objects.get(pk=city).time_zone if city else event.time_zone


def venue_removal(request: HttpRequest, planner: Planner, event: int, venue: int) -> HttpResponse:
    row = get_object_or_404(Venue, event=planner.find(event), pk=min(venue, LARGEST))
    return deed(request, planner, event, lambda _found: row.remove(by=planner.by), "places")


def session(request: HttpRequest, planner: Planner, event: int, session: int = 0) -> HttpResponse:
    """A session of the agenda: a new one, or one that is changed."""
    found = planner.find(event)
    row = get_object_or_404(found.agenda.select_related("venue"), pk=min(session, LARGEST)) if session else None
    zone = row.zone.key if row else found.time_zone
    offered = list(_presenters(planner, found))
    fields = specs.session(list(found.venues.all()), offered, spoken_of(found, row.languages if row else ()), zone)
    kept = _kept(row, fields, starts_at=row.starts_at if row else found.starts_at, ends_at=row.ends_at if row else None)
    kept["venue"] = row.venue_id or "" if row else ""
    kept["presenters"] = list(row.appearances.values_list("presenter", flat=True)) if row else []

    def keep(values: dict[str, Any]) -> None:
        values["venue_id"] = key_of(values.pop("venue"))
        people = {str(one.pk): one for one in offered}
        chosen = [people[key] for key in values.pop("presenters")]
        if row:
            row.change(by=planner.by, presenters=chosen, **values)
        else:
            Session.add(found, by=planner.by, presenters=chosen, **values)

    about = About(
        title=_("Session") if row else _("Add a session"), part="agenda",
        action=planner.address("event-session", found.pk, row.pk) if row else planner.address("event-sessions", found.pk),
        remove=planner.address("event-session-removal", found.pk, row.pk) if row else "",
    )  # fmt: skip
    return form(request, planner, found, _sheet(request, found, fields, kept, zone), keep, about)


def _presenters(planner: Planner, event: Event) -> Any:
    """Those of the cities of the organisers, and those who are in it already."""
    actors = [row.actor_id for row in event.hosting.all()]
    theirs = Q(city__actor__in=actors) | Q(city__organisations__actor__in=actors) | Q(appearances__session__event=event)
    return Presenter.objects.filter(theirs).distinct().order_by("slug")[:300]


def session_removal(request: HttpRequest, planner: Planner, event: int, session: int) -> HttpResponse:
    row = get_object_or_404(Session, event=planner.find(event), pk=min(session, LARGEST))
    return deed(request, planner, event, lambda _found: row.remove(by=planner.by), "agenda")


def question(request: HttpRequest, planner: Planner, event: int, question: int = 0) -> HttpResponse:
    """What is asked of who registers: a new question, or one that is changed."""
    found = planner.find(event)
    row = get_object_or_404(found.questions, pk=min(question, LARGEST)) if question else None

    def keep(values: dict[str, Any]) -> None:
        if row:
            row.change(by=planner.by, **values)
        else:
            Question.ask(found, by=planner.by, **values)

    sheet = _sheet(request, found, specs.question(), _kept(row, specs.question()))
    about = About(
        title=_("Question") if row else _("Ask a question"), part="questions",
        action=planner.address("event-question", found.pk, row.pk) if row else planner.address("event-questions", found.pk),
        remove=planner.address("event-question-removal", found.pk, row.pk) if row else "",
    )  # fmt: skip
    return form(request, planner, found, sheet, keep, about)


def question_removal(request: HttpRequest, planner: Planner, event: int, question: int) -> HttpResponse:
    row = get_object_or_404(Question, event=planner.find(event), pk=min(question, LARGEST))
    return deed(request, planner, event, lambda _found: row.remove(by=planner.by), "questions")


def _kept(row: Any, fields: list[Spec], **first: Any) -> dict[str, Any]:
    """What is kept of a thing, or what a new one begins with."""
    found = {spec.name: getattr(row, spec.name) for spec in fields if hasattr(row, spec.name)} if row else {}
    return {**found, **first}


def _sheet(request: HttpRequest, event: Event, fields: list[Spec], kept: dict[str, Any], zone: str = "") -> Sheet:
    data = request.POST if request.method == "POST" else None
    return Sheet(fields, kept, tags=languages_of(event), zone=zone or event.time_zone, data=data)
