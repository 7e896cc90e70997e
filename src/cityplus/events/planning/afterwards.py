"""What is kept of an event afterwards: pictures, recording, report, thanks, press; and its files, before and after."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from cityplus.events.errors import EventError
from cityplus.events.models import Paper, Picture
from cityplus.events.planning import specs
from cityplus.events.planning.pages import About, back, deed, form, key_of, media_of, refused
from cityplus.events.planning.planner import Planner, languages_of
from cityplus.events.planning.sheet import Sheet
from cityplus.events.press_list import as_lines, read

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


def papers(request: HttpRequest, planner: Planner, event: int) -> HttpResponse:
    """Add a file, a PDF, to the event or to one of its sessions."""
    found = planner.find(event)
    if not planner.may_change(found):
        return refused(request, planner)
    sent = request.FILES.get("file")
    session = request.POST.get("session", "")
    title = request.POST.get("title", "").strip()[:200]
    try:
        if sent is None or not title:
            raise EventError(_("Choose a file, and say what it is."))
        if (sent.size or 0) > LARGEST_FILE or sent.read(5) != b"%PDF-":
            raise EventError(_("A file is a PDF of 20 MB at most."))
        if found.papers.count() >= MOST_FILES:
            raise EventError(_("An event has at most %(most)s files.") % {"most": MOST_FILES})
        of = get_object_or_404(found.agenda, pk=int(session)) if session.isdecimal() and len(session) < 18 else None
        sent.seek(0)
        key = default_storage.save(f"events/{secrets.token_hex(16)}.pdf", sent)
        Paper.add(found, title, key, sent.size or 0, session=of, by=planner.by)
    except EventError as refusal:
        messages.error(request, str(refusal))
    return back(planner, found, "files")


def paper_removal(request: HttpRequest, planner: Planner, event: int, paper: int) -> HttpResponse:
    row = get_object_or_404(Paper, event=planner.find(event), pk=min(paper, 2**63 - 1))
    return deed(request, planner, event, lambda _found: row.remove(by=planner.by), "files")
