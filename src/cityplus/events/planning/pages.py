"""What the pages of planning share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cityplus.events.errors import EventError
from cityplus.events.models import Event
from cityplus.events.planning.planner import Planner
from cityplus.events.planning.sheet import Sheet
from cityplus.languages.tags import reader_tag
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.media.models import Medium


def shown(
    request: HttpRequest, planner: Planner, page: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of planning in the frame of who plans."""
    whole = {"planner": planner, "frame": planner.frame, **planner.context, **context}
    return render(request, f"events/planning/{page}.html", whole, status=status)


def refused(request: HttpRequest, planner: Planner) -> HttpResponse:
    """Somebody whose role does not change this, or who has not agreed to hold it yet."""
    return shown(request, planner, "refused", {}, status=403)


def back(planner: Planner, event: Event, part: str = "", page: str = "event") -> HttpResponse:
    response = redirect(planner.address(page, event.pk))
    response["Location"] += f"#{part}" if part else ""
    return response


def deed(
    request: HttpRequest,
    planner: Planner,
    event: int,
    do: Callable[[Event], object],
    part: str = "",
    page: str = "event",
) -> HttpResponse:
    """Do one thing to an event of theirs and come back to that part of it; a refusal is said at the top of the page, and leads there."""
    found = planner.find(event)
    if not planner.may_change(found):
        return refused(request, planner)
    try:
        do(found)
    except (EventError, LifeCycleError) as refusal:
        messages.error(request, str(refusal))
        part = ""
    return back(planner, found, part, page)


@dataclass(frozen=True)
class About:
    """What a page with one form is about: its title, the part of the event that it leads back to, where it is sent, and where the thing
    is taken away."""

    title: str
    part: str
    action: str
    remove: str = ""


def form(
    request: HttpRequest,
    planner: Planner,
    event: Event,
    sheet: Sheet,
    keep: Callable[[dict[str, Any]], object],
    about: About,
) -> HttpResponse:
    """A page with one form. What is sent is kept, or said what is wrong with it."""
    refusal = ""
    if request.method == "POST":
        if not planner.may_change(event):
            return refused(request, planner)
        values = sheet.read(planner.by)
        if values is not None:
            try:
                keep(values)
            except EventError as error:
                refusal = str(error)
            else:
                messages.success(request, _("It is kept."))
                return back(planner, event, about.part)
    context = {
        "event": event,
        "sheet": sheet,
        "about": about,
        "refusal": refusal,
        "to": planner.address("event", event.pk),
        "changes": planner.may_change(event),
    }
    return shown(request, planner, "form", context, status=422 if refusal or sheet.errors else 200)


def media_of(event: Event, kind: str) -> list[tuple[str, str]]:
    """Media of its organisers to choose from, the newest first."""
    owners = [row.actor_id for row in event.hosting.all() if row.agreed_at]
    found = Medium.objects.filter(owner__in=owners, kind=kind).order_by("-pk")[:200]
    return [
        (str(one.pk), one.alt.in_language(reader_tag())[:80] or one.title.in_language(reader_tag()) or one.name)
        for one in found
    ]


def key_of(said: str) -> int | None:
    """The key of a thing that was chosen among those that were offered."""
    return int(said) if said else None
