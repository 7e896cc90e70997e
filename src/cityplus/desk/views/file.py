from __future__ import annotations

import secrets
from dataclasses import asdict
from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from cityplus.cities.models import City
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.pieces import Piece, piece_of
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.media import store
from cityplus.routes.deliveries import read
from cityplus.routes.document import MOST_STOPS
from cityplus.routes.formats.importing import Wish
from cityplus.routes.formats.reading.file import MOST_BYTES
from cityplus.routes.models import Delivery, Route
from cityplus.routes.views.drafting import AT_ONCE, FRAME


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.WRITE)
def file(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """Bring the stops of a file into the draft of a route. How large the body is is asked before a byte of it is read; then the
    token against forgery."""
    route = route_piece(at.city, piece)
    if request.method == "POST":
        length = str(request.META.get("CONTENT_LENGTH", ""))
        if length.isdecimal() and int(length) > MOST_BYTES + FRAME:
            words = _("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 2**20}
            return render(request, "desk/file.html", _page(at, route) | {"problem": words}, status=413)
        request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _file(request, at, route)


@csrf_protect
def _file(request: HttpRequest, at: Desk, piece: Piece) -> HttpResponse:
    if request.method != "POST":
        return render(request, "desk/file.html", _page(at, piece))
    sent = request.FILES.get("file")
    if not isinstance(sent, TemporaryUploadedFile) or not isinstance(piece.thing, Route):
        words = _("Choose a file first.")
        return render(request, "desk/file.html", _page(at, piece) | {"problem": words}, status=400)
    said = request.POST.get("revision", "")
    wish = Wish(
        name=sent.name or "",
        language=request.POST.get("language", ""),
        instead=request.POST.get("place") == "instead",
        revision=int(said) if said.isdecimal() and len(said) < 10 else None,
    )
    path = Path(sent.temporary_file_path())
    large = (sent.size or 0) > AT_ONCE
    key = store.keep(path, f"deliveries/{secrets.token_hex(16)}") if large else ""
    language = get_language() or "en"
    delivery = Delivery.receive(at.city, key, asdict(wish), by=at.by, language=language, into=piece.thing)
    if not large:
        read(delivery, path)
    return redirect(piece.address("piece-delivery", delivery.pk))


@require_safe
@desk(Right.WRITE)
def delivery(request: HttpRequest, at: Desk, piece: str, delivery: int) -> HttpResponse:
    """How far the reading of a file is, and what became of it; as JSON for who asks for that."""
    route = route_piece(at.city, piece)
    found = get_object_or_404(Delivery, city=at.city, into=route.thing.pk, pk=delivery)
    if "application/json" in request.headers.get("Accept", ""):
        told = {"state": found.state, "percent": found.percent, "rows": found.rows}
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    return render(request, "desk/delivery.html", {"desk": at, "piece": route, "delivery": found})


def route_piece(city: City, name: str) -> Piece:
    """The piece of this name, which is a route.

    Raises:
        Http404: the city has none, or it is the profile.
    """
    piece = piece_of(city, name)
    if not isinstance(piece.thing, Route):
        raise Http404
    return piece


def _page(at: Desk, piece: Piece) -> dict[str, object]:
    main = next(iter(at.city.languages), "en")
    known = {language.tag: language.name for language in UI_LANGUAGES}
    languages = [(tag, known.get(tag, tag)) for tag in dict.fromkeys([main, *at.city.languages, *known])]
    return {
        "desk": at,
        "piece": piece,
        "count": len(piece.draft.document["order"]),
        "most": MOST_STOPS,
        "languages": languages,
        "megabytes": MOST_BYTES // 2**20,
    }
