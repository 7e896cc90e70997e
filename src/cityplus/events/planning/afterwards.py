"""What is kept of an event afterwards: pictures, recording, report, thanks, press; and its files, before and after."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from cityplus.events.errors import EventError
from cityplus.events.models import Event, Paper, Picture
from cityplus.events.planning import specs
from cityplus.events.planning.pages import About, back, deed, form, key_of, media_of, refused
from cityplus.events.planning.planner import Planner, languages_of, tongues_of
from cityplus.events.planning.sheet import Sheet
from cityplus.events.press_list import as_lines, read
from cityplus.lib import signs
from cityplus.media import multipart, store
from cityplus.media.errors import MediumError

LARGEST_FILE = 20 * 1024 * 1024
MOST_FILES = 60


def afterwards(request: HttpRequest, planner: Planner, event: int) -> HttpResponse:
    """What everybody reads once it is over."""
    found = planner.find(event)
    fields = specs.afterwards(media_of(found, "picture"), media_of(found, "film"))
    kept = {
        "report": found.report,
        "thanks": found.thanks,
        "pictures": list(found.pictures.values_list("medium", flat=True)),
        "recording": found.recording_id or "",
        "press": as_lines(found.press),
    }
    data = request.POST if request.method == "POST" else None
    sheet = Sheet(fields, kept, tags=languages_of(found), zone=found.time_zone, data=data)

    def keep(values: dict[str, Any]) -> None:
        pictures = [int(key) for key in values.pop("pictures")]
        values["recording_id"] = key_of(values.pop("recording"))
        values["press"] = read(values.pop("press"))
        found.change(by=planner.by, **values)
        Picture.settle(found, pictures)

    action = planner.address("event-afterwards", found.pk)
    return form(request, planner, found, sheet, keep, About(_("Afterwards"), "afterwards", action))


@csrf_exempt
def papers(request: HttpRequest, planner: Planner, event: int) -> HttpResponse:
    """Add a file, a PDF, to the event or to one of its sessions. The form is read into a place of our own first; then the token against
    forgery is looked at."""
    found = planner.find(event)
    if not planner.may_change(found):
        return refused(request, planner)
    try:
        with store.workbench() as bench:
            path = bench / "file"
            request.POST = multipart.receive(request, path, LARGEST_FILE)  # type: ignore[assignment]

            @csrf_protect
            def take(request: HttpRequest) -> HttpResponse:
                _add(found, path, request.POST, planner.by)
                messages.success(request, _("It is kept."))
                return back(planner, found, "files")

            return take(request)
    except (MediumError, EventError) as refusal:
        messages.error(request, str(refusal))
    return back(planner, found, "files")


def _add(event: Event, path: Path, form: Mapping[str, str], by: str) -> None:
    title, session = signs.line(form.get("title", ""))[:200], form.get("session", "")
    if not title:
        raise EventError(_("Choose a file, and say what it is."))
    with path.open("rb") as file:
        if file.read(5) != b"%PDF-":
            raise EventError(_("A file is a PDF of 20 MB at most."))
    if event.papers.count() >= MOST_FILES:
        raise EventError(_("An event has at most %(most)s files.") % {"most": MOST_FILES})
    of = get_object_or_404(event.agenda, pk=int(session)) if session.isdecimal() and len(session) < 18 else None
    size = path.stat().st_size
    key = store.keep(path, f"events/{secrets.token_hex(16)}.pdf")
    language = form.get("language", "")
    Paper.add(event, title, key, size, session=of, language=language if language in tongues_of(event) else "", by=by)


def paper_removal(request: HttpRequest, planner: Planner, event: int, paper: int) -> HttpResponse:
    row = get_object_or_404(Paper, event=planner.find(event), pk=min(paper, 2**63 - 1))
    return deed(request, planner, event, lambda _found: row.remove(by=planner.by), "files")
