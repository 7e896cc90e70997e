"""What one has begun to write, and what waits for its moment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.social.composing import zones
from cityplus.social.composing.document import Document
from cityplus.social.errors import Gone, SocialError
from cityplus.social.models import Sheet
from cityplus.social.views.writing.access import Writer, writer
from cityplus.social.views.writing.compose import NONCE

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def drafts(request: HttpRequest, by: Writer) -> HttpResponse:
    """All sheets of one's voices: those of a city are its team's. POST keeps a form that is being written, and says so as JSON."""
    if request.method == "POST":
        return _keep(request, by)
    found = Sheet.objects.filter(author__in=by.reader.voices).select_related("author")[:SHOWN]
    clocks = zones.zones_of(list(by.reader.voices))
    rows: list[dict[str, Any]] = [
        {"sheet": sheet, "document": Document.kept(sheet.document), "zone": clocks.get(sheet.author_id, zones.UTC)}
        for sheet in found
    ]
    groups = {
        "troubled": [row for row in rows if row["sheet"].problem],
        "due": sorted(
            (row for row in rows if row["sheet"].due_at), key=lambda row: (row["sheet"].due_at, row["sheet"].pk)
        ),
        "held": [row for row in rows if row["sheet"].held_at],
        "begun": [row for row in rows if not (s := row["sheet"]).problem and not s.due_at and not s.held_at],
    }
    return render(request, "social/write/drafts.html", {"groups": groups, "any": bool(rows), "writer": by})


@require_POST
@writer
def moment(request: HttpRequest, by: Writer, pk: int) -> HttpResponse:
    """Take the moment of a sheet away: it is not posted by itself."""
    if sheet := _of(by, pk):
        sheet.unschedule(by=by.by)
        messages.success(request, _("It will not be posted by itself."))
    return redirect("social:drafts")


@require_POST
@writer
def removal(request: HttpRequest, by: Writer, pk: int) -> HttpResponse:
    """Throw a sheet away; one that is gone is gone already."""
    if sheet := _of(by, pk):
        sheet.discard()
    messages.success(request, _("The draft is thrown away."))
    return redirect("social:drafts")


def _of(by: Writer, pk: int) -> Sheet | None:
    """A sheet of one of their voices that does not wait for moderation."""
    return Sheet.objects.filter(pk=pk, author__in=by.reader.voices, held_at=None).select_related("author").first()


def _keep(request: HttpRequest, by: Writer) -> JsonResponse:
    document, nonce = Document.posted(request.POST), request.POST.get("nonce", "")
    if not NONCE.fullmatch(nonce):
        return JsonResponse({"problem": _("This form is none of ours.")}, status=400)
    if document.blank and not Sheet.objects.filter(nonce=nonce).exists():
        return JsonResponse({"kept": False})
    try:
        sheet = Sheet.write(by.actor, document.as_json(), by=by.by, nonce=nonce, voices=by.reader.voices)
    except Gone as problem:
        return JsonResponse({"problem": str(problem)}, status=409)
    except SocialError as problem:
        return JsonResponse({"problem": str(problem)}, status=400)
    if sheet is None:
        return JsonResponse({"problem": _("This has been posted already.")}, status=409)
    return JsonResponse({"kept": True, "url": sheet.get_absolute_url()})
