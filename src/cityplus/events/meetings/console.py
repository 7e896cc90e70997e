"""The organisers' side of the meetings: hours, halls, runs, publication, and who waits."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.events.errors import EventError, MeetingError
from cityplus.events.meetings import running
from cityplus.events.meetings.access import as_organiser
from cityplus.events.meetings.asking import holding, key_of, problem_of
from cityplus.events.meetings.forms import HoursForm, PlacesForm
from cityplus.events.models import Event, Party, Run, Timetable
from cityplus.lib import slots


@require_http_methods(["GET", "HEAD", "POST"])
@as_organiser
def overview(request: HttpRequest, event: Event) -> HttpResponse:
    """All of it on one page. POST says when organisations meet."""
    timetable = Timetable.objects.filter(event=event).first()
    venues = list(event.venues.all())
    form = HoursForm(
        request.POST or None, event=event, timetable=timetable, zone=venues[0].zone if venues else ZoneInfo("UTC")
    )
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("minutes", "walk", "streak")}
        try:
            Timetable.arrange(event, form.parts(), **said, by=request.user.get_username())
        except MeetingError as error:
            form.add_error(None, str(error))
        else:
            return _back(event)
    context: dict[str, Any] = {
        "event": event,
        "host": event.host,
        "timetable": timetable,
        "form": form,
        "venues": venues,
        "equipped": any(venue.tables or venue.lines for venue in venues),
    }
    if timetable:
        context |= _inside(timetable)
    return render(request, "events/meetings/console.html", context, status=400 if form.errors else 200)


def _inside(timetable: Timetable) -> dict[str, Any]:
    asked = list(Run.objects.filter(timetable=timetable)[:5])
    return {
        "runs": asked,
        "working": any(run.state == "waiting" and not run.given_up for run in asked),
        "slots": len(timetable.slots()),
        "parties": waiting(timetable),
    }


def waiting(timetable: Timetable) -> list[dict[str, Any]]:
    """The parties with their wishes and what is met, those who wait for most first. Whose wishes they are the organisers are not told."""
    problem = problem_of(timetable)
    met, wanted = slots.met(problem, holding(timetable)), problem.wanted()
    possible = {key: sum(key in whose for whose in wanted.values()) for key in met}
    rows = (
        Party.objects.present().filter(timetable=timetable).select_related("organisation__actor", "registration__venue")
    )
    lost = Q(sides__over=True) & ~Q(sides__meeting__over_for=F("pk"))
    counted = rows.annotate(meetings=Count("sides", filter=Q(sides__over=False)), lost=Count("sides", filter=lost))
    had = {pk: (meetings, gone) for pk, meetings, gone in counted.values_list("pk", "meetings", "lost")}
    found = [
        {
            "party": row,
            "wishes": possible.get(key_of(row.pk), 0),
            "met": met.get(key_of(row.pk), 0),
            "meetings": had[row.pk][0],
            "lost": had[row.pk][1],
        }
        for row in rows
    ]
    return sorted(found, key=lambda row: (not row["wishes"], row["met"], -row["wishes"], row["party"].pk))


@require_POST
@as_organiser
def hall(request: HttpRequest, event: Event, venue: int) -> HttpResponse:
    """How many tables and video lines a hall has; less of them changes nothing before the next run."""
    found = get_object_or_404(event.venues, pk=min(venue, 2**63 - 1))
    form = PlacesForm(request.POST)
    if form.is_valid():
        try:
            found.change(by=request.user.get_username(), **form.cleaned_data)
        except EventError as error:
            messages.error(request, str(error))
        else:
            return _back(event, "halls")
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return _back(event)


@require_POST
@as_organiser
def runs(request: HttpRequest, event: Event) -> HttpResponse:
    """Have a timetable worked out."""
    running.ask(get_object_or_404(Timetable, event=event), by=request.user.get_username())
    return _back(event, "runs")


@require_POST
@as_organiser
def publication(request: HttpRequest, event: Event, run: int) -> HttpResponse:
    """Let a timetable hold, and have everybody told whose meetings change."""
    found = get_object_or_404(Run, timetable__event=event, pk=min(run, 2**63 - 1))
    try:
        running.publish(found, by=request.user.get_username())
    except MeetingError as error:
        messages.error(request, str(error))
        return _back(event)
    return _back(event, "runs")


def _back(event: Event, part: str = "") -> HttpResponse:
    response = redirect("meetings:console", event.host.handle, event.slug)
    response["Location"] += f"#{part}" if part else ""
    return response
