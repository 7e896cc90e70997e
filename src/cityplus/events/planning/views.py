"""The list of what is planned, the first page, and the page of one event."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.events.errors import EventError
from cityplus.events.figures import figures
from cityplus.events.models import Event, Registration
from cityplus.events.planning import specs
from cityplus.events.planning.pages import back, deed, key_of, media_of, refused, shown
from cityplus.events.planning.planner import Planner, city_of, languages_of, spoken_of, tongues_of
from cityplus.events.planning.sheet import Sheet
from cityplus.lib import signs
from cityplus.web.paging import page_of

LISTED = 50
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def events(request: HttpRequest, planner: Planner) -> HttpResponse:
    """What is planned from here, the latest first; a new one by POST."""
    if request.method == "POST":
        return new(request, planner)
    page = page_of(planner.events.for_cards(), request.GET, ("-starts_at", "-pk"), size=LISTED)
    return shown(request, planner, "list", {"page": page, "asked": [e.pk for e in page.items if not planner.agreed(e)]})


def new(request: HttpRequest, planner: Planner) -> HttpResponse:
    """The first page of planning. The office says for whom it plans."""
    if not planner.may:
        return refused(request, planner)
    data = request.POST if request.method == "POST" else None
    host = planner.actor or (_host(data.get("host", "")) if data else None)
    city = planner.city or (city_of(host) if host else None)
    zone = city.time_zone if city else ""
    tags = list(dict.fromkeys([*(city.languages if city else ()), "en"]))
    sheet = Sheet(specs.beginning(zone), {"kind": "promotion"}, tags=tags, zone=zone or "UTC", data=data)
    refusal = ""
    if data is not None:
        if host is None:
            sheet.errors["host"] = _("Name a city or an organisation by its handle, such as @thehague.")
        made, refusal = _begin(planner, host, sheet)
        if made:
            return redirect(planner.address("event", made.pk))
    context = {"sheet": sheet, "refusal": refusal, "host": data.get("host", "") if data else ""}
    return shown(request, planner, "new", context, status=422 if refusal or sheet.errors else 200)


def _begin(planner: Planner, host: Actor | None, sheet: Sheet) -> tuple[Event | None, str]:
    values = sheet.read(planner.by)
    if values and not SLUG.fullmatch(values["slug"]):
        sheet.errors["slug"] = _("Use small letters, digits and hyphens.")
    if values and values["ends_at"] <= values["starts_at"]:
        sheet.errors["ends_at"] = _("An event ends after it has begun.")
    if sheet.errors or values is None or host is None:
        return None, ""
    try:
        return Event.plan(host, by=planner.by, **values), ""
    except EventError as error:
        return None, str(error)


def _host(said: str) -> Actor | None:
    hosts = Actor.objects.there().filter(kind__in=(Actor.Kind.CITY, Actor.Kind.ORGANISATION))
    return (
        hosts.select_related("city", "organisation__city").filter(handle=signs.line(said).lstrip("@").lower()).first()
    )


def event(request: HttpRequest, planner: Planner, event: int) -> HttpResponse:
    """All of one event; its plan is changed by POST."""
    found = planner.find(event)
    if request.method == "POST" and not planner.may_change(found):
        return refused(request, planner)
    sheet = _sheet(request, found)
    refusal = ""
    if request.method == "POST":
        values = sheet.read(planner.by)
        if values is not None:
            values["cover_id"] = key_of(values.pop("cover"))
            try:
                found.change(by=planner.by, **values)
            except EventError as error:
                refusal = str(error)
            else:
                messages.success(request, _("It is kept."))
                return back(planner, found)
    context = {
        "event": found,
        "sheet": sheet,
        "refusal": refusal,
        "changes": planner.may_change(found),
        "agreed": planner.agreed(found),
        **_inside(found),
    }
    return shown(request, planner, "event", context, status=422 if refusal or sheet.errors else 200)


def _sheet(request: HttpRequest, event: Event) -> Sheet:
    covers = media_of(event, "picture")
    if event.cover_id and str(event.cover_id) not in dict(covers) and event.cover:
        covers.append((str(event.cover_id), event.cover.name))
    zone = event.time_zone
    kept = {spec.name: getattr(event, spec.name) for spec in specs.plan((), (), zone) if spec.name != "cover"}
    kept["cover"] = event.cover_id or ""
    data = request.POST if request.method == "POST" else None
    return Sheet(
        specs.plan(covers, spoken_of(event, event.languages), zone),
        kept,
        tags=languages_of(event),
        zone=zone,
        data=data,
    )


def _inside(event: Event) -> dict[str, Any]:
    waiting = Registration.objects.filter(event=event, state="asked").count()
    agenda = event.agenda.select_related("venue").prefetch_related("appearances__presenter")
    return {
        "tags": tongues_of(event),
        "venues": list(event.venues.all()),
        "agenda": list(agenda),
        "questions": list(event.questions.all()),
        "papers": list(event.papers.select_related("session")),
        "undecided": waiting,
        "missing": event.missing() if event.state == "draft" else [],
        "figures": figures(event),
        "zone": event.time_zone,
    }


def publication(request: HttpRequest, planner: Planner, event: int) -> HttpResponse:
    """Let everybody know of it."""
    return deed(request, planner, event, lambda found: found.publish(by=planner.by))


def cancellation(request: HttpRequest, planner: Planner, event: int) -> HttpResponse:
    """Call it off, once one has said that one is sure."""
    found = planner.find(event)
    if not planner.may_change(found):
        return refused(request, planner)
    reason = signs.line(request.POST.get("reason", ""))
    if request.POST.get("sure") != "yes" or not reason:
        return shown(request, planner, "cancellation", {"event": found, "reason": reason})
    return deed(request, planner, event, lambda one: one.cancel(reason, by=planner.by))
