"""The meetings of one organisation at an event: taking part, wishes, suggestions with reasons, and the timetable."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cityplus.events.errors import MeetingError
from cityplus.events.meetings.access import as_dealer, registered, signed_in
from cityplus.events.meetings.calendar import calendar
from cityplus.events.meetings.forms import PartyForm
from cityplus.events.meetings.printing import paper
from cityplus.events.meetings.reading import lines_of
from cityplus.events.meetings.suggesting import suggestions
from cityplus.events.models import Event, Meeting, Party, Registration, Timetable, Wish
from cityplus.events.models.party import MUSTS, WISHES
from cityplus.lib import signs

SHOWN = 12
"""Suggestions on the page; what is taken up makes room for the next."""


@require_safe
@signed_in
def entrance(request: HttpRequest, event: Event) -> HttpResponse:
    """For whom one may arrange meetings here; who has one organisation goes straight to it."""
    mine = list(registered(request, event))
    if len(mine) == 1:
        return redirect("meetings:party", event.host.handle, event.slug, mine[0].organisation.actor.handle)
    context = {"event": event, "host": event.host, "registrations": mine}
    return render(request, "events/meetings/entrance.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@as_dealer
def party(request: HttpRequest, event: Event, registration: Registration) -> HttpResponse:
    """All of it on one page. POST takes part, or changes what was said."""
    timetable = _timetable(event)
    found = _party(timetable, registration)
    about: dict[str, Any] = {"timetable": timetable, "zone": registration.venue.zone, "party": found}
    form = PartyForm(request.POST or None, **about)
    if request.method == "POST" and form.is_valid():
        try:
            Party.join(timetable, registration, by=request.user.get_username(), **form.cleaned_data)
        except MeetingError as error:
            messages.error(request, str(error))
        return _back(event, registration)
    context = {**_context(event, registration), "timetable": timetable, "party": found, "form": form}
    if found and found.left_at is None:
        context |= _inside(found)
    return render(request, "events/meetings/party.html", context, status=400 if form.errors else 200)


def _inside(party: Party) -> dict[str, Any]:
    """What there is for who takes part."""
    wishes = party.in_order(
        party.wishes.select_related("other__organisation__actor", "other__organisation__city__actor")
    )
    found = suggestions(party)
    known = {wish.other_id for wish in wishes} | {one.party.pk for one in found[:SHOWN]} | {party.pk}
    rest = Party.objects.present().filter(timetable=party.timetable_id).exclude(pk__in=known)
    return {
        "lines": lines_of(party),
        "wishes": [wish for wish in wishes if wish.level != "no"],
        "noes": [wish for wish in wishes if wish.level == "no"],
        "suggested": found[:SHOWN],
        "rest": rest.select_related("organisation__actor", "organisation__city__actor").order_by(
            "organisation__actor__handle"
        ),
        "levels": Wish.LEVELS,
        "most": {"musts": MUSTS, "wishes": WISHES},
    }


@require_POST
@as_dealer
def wishes(request: HttpRequest, event: Event, registration: Registration) -> HttpResponse:
    """``level`` must, want, no or empty of the party ``other``; the level ``first`` puts the wish before the others of its level."""
    mine, by = _present(event, registration), request.user.get_username()
    other = get_object_or_404(Party, timetable=mine.timetable_id, pk=_number(request.POST.get("other")))
    level = request.POST.get("level", "")
    try:
        if level == "first":
            mine.prefer(get_object_or_404(Wish, party=mine, other=other), by=by)
        elif level in {"must", "want", "no", ""}:
            mine.wish(other, level, by=by)
        else:
            raise Http404
    except MeetingError as error:
        messages.error(request, str(error))
        return _back(event, registration)
    return _back(event, registration, "wishes")


@require_POST
@as_dealer
def departure(request: HttpRequest, event: Event, registration: Registration) -> HttpResponse:
    """Take part no longer; the others are told."""
    _present(event, registration).leave(by=request.user.get_username())
    return _back(event, registration)


@require_POST
@as_dealer
def cancellations(request: HttpRequest, event: Event, registration: Registration) -> HttpResponse:
    """Call one meeting off, with a reason for the other side or without."""
    mine = _present(event, registration)
    meeting = get_object_or_404(Meeting, sides__party=mine, pk=_number(request.POST.get("meeting")))
    meeting.call_off(mine, signs.line(request.POST.get("reason", ""))[:200], by=request.user.get_username())
    return _back(event, registration, "timetable")


@require_safe
@as_dealer
def ics(request: HttpRequest, event: Event, registration: Registration) -> HttpResponse:
    mine = _present(event, registration)
    body = calendar(mine, lines_of(mine, over=True), _address(event, registration))
    return _file(HttpResponse(body, content_type="text/calendar; charset=utf-8"), event, "ics")


@require_safe
@as_dealer
def pdf(request: HttpRequest, event: Event, registration: Registration) -> HttpResponse:
    mine = _present(event, registration)
    return _file(HttpResponse(paper(mine, lines_of(mine)), content_type="application/pdf"), event, "pdf")


def _file(response: HttpResponse, event: Event, kind: str) -> HttpResponse:
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}-meetings.{kind}"'
    return response


def _timetable(event: Event) -> Timetable:
    return get_object_or_404(Timetable.objects.select_related("event"), event=event)


def _party(timetable: Timetable, registration: Registration) -> Party | None:
    rows = Party.objects.select_related("timetable__event", "organisation__actor", "registration__venue")
    return rows.filter(timetable=timetable, organisation=registration.organisation_id).first()


def _present(event: Event, registration: Registration) -> Party:
    """The party of who takes part; for others there is nothing."""
    found = _party(_timetable(event), registration)
    if found is None or found.left_at:
        raise Http404
    return found


def _context(event: Event, registration: Registration) -> dict[str, Any]:
    return {"event": event, "host": event.host, "registration": registration, "organisation": registration.organisation}


def _address(event: Event, registration: Registration) -> str:
    assert registration.organisation  # noqa: S101 - as_dealer lets nothing else in
    return reverse("meetings:party", args=[event.host.handle, event.slug, registration.organisation.actor.handle])


def _back(event: Event, registration: Registration, part: str = "") -> HttpResponse:
    return redirect(f"{_address(event, registration)}{f'#{part}' if part else ''}")


def _number(said: str | None) -> int:
    """A key that was sent; nothing that is none is ever found."""
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) < 19 else 0
