from __future__ import annotations

import secrets
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from cityplus.cities.models import City
from cityplus.media import store
from cityplus.routes.formats.importing import Draft, Wish, draft_from
from cityplus.routes.formats.reading import FileError
from cityplus.routes.formats.reading.file import MOST_BYTES
from cityplus.routes.models import Delivery
from cityplus.routes.policies import can_draft
from cityplus.web.addresses import absolute

AT_ONCE = 8 * 1024 * 1024
"""Bytes that are read while the sender waits: less than half a second. Larger files are delivered to the worker."""
FRAME = 64 * 1024
"""Bytes of a request beside its file."""


@csrf_exempt
@require_POST
def drafts(request: HttpRequest, handle: str) -> HttpResponse:
    """Make a draft route from the file of a form: fields ``file``, and if wished ``language``, ``title`` and ``mode``.

    Who may not, and how large the body is, is asked before a byte of it is read; then the token against forgery.
    """
    city = get_object_or_404(City.objects.visible_to(request.user).select_related("actor"), actor__handle=handle)
    if not can_draft(request.user, city):
        raise Http404
    length = str(request.META.get("CONTENT_LENGTH", ""))
    if length.isdecimal() and int(length) > MOST_BYTES + FRAME:  # of a body whose length nobody says nothing is read
        return _problem(413, _("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 2**20})
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _received(request, city)


@csrf_protect
def _received(request: HttpRequest, city: City) -> HttpResponse:
    file = request.FILES.get("file")
    if not isinstance(file, TemporaryUploadedFile):
        return _problem(400, _("Send the file as the field “file” of a form (multipart/form-data)."))
    wish = Wish(
        name=file.name or "",
        language=request.POST.get("language", ""),
        title=request.POST.get("title", ""),
        mode=request.POST.get("mode", "walk"),
    )
    path = Path(file.temporary_file_path())
    by = request.user.get_username()
    if (file.size or 0) > AT_ONCE:
        key = store.keep(path, f"deliveries/{secrets.token_hex(16)}")
        delivery = Delivery.receive(city, key, asdict(wish), by=by, language=get_language() or "en")
        return _answer(202, delivery.get_absolute_url(), _told(delivery))
    try:
        draft = draft_from(path, city, wish, by=by)
    except FileError as problem:
        return _problem(422, str(problem))
    return _answer(201, draft.route.get_absolute_url(), _drafted(draft))


@require_safe
def delivery(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """How far the reading of a large file is, and what became of it; for those who may send files alone."""
    found = get_object_or_404(
        Delivery.objects.select_related("city__actor", "route__city__actor"), city__actor__handle=handle, pk=number
    )
    if not can_draft(request.user, found.city):
        raise Http404
    return _answer(200, "", _told(found))


def _drafted(draft: Draft) -> dict[str, Any]:
    return {"state": "drafted", "route": absolute(draft.route.get_absolute_url()), "report": draft.report.as_json()}


def _told(delivery: Delivery) -> dict[str, Any]:
    told: dict[str, Any] = {"state": delivery.state, "percent": delivery.percent, "rows": delivery.rows}
    if delivery.route:
        told["route"] = absolute(delivery.route.get_absolute_url())
    if delivery.state == "drafted":
        told["report"] = delivery.report
    if delivery.problem:
        told["problem"] = delivery.problem
    return told


def _answer(status: int, location: str, told: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
    if location:
        response.headers["Location"] = location
    response.headers["Cache-Control"] = "no-store"
    return response


def _problem(status: int, sentence: str) -> HttpResponse:
    """A refusal by RFC 9457: what is wrong, as a sentence; nothing has been written."""
    told = {"type": "about:blank", "title": _("The file was not taken."), "status": status, "detail": sentence}
    return JsonResponse(
        told, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )
