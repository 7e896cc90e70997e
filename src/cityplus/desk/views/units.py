from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.pieces import Piece, piece_of
from cityplus.desk.views.sides import language
from cityplus.languages.tags import name_of, reader_tag
from cityplus.translation.exchange import po, xliff
from cityplus.translation.exchange.judging import judge
from cityplus.translation.exchange.units import MOST_BYTES, FileRefused, Found, unit_of
from cityplus.translation.models import Term
from cityplus.translation.rows import rows_of
from cityplus.translation.saving import save

_FRAME = 64 * 1024
"""Bytes of a request beside its file."""
FORMATS: dict[str, tuple[Any, str]] = {
    "xlf": (xliff, "application/xliff+xml"),
    "po": (po, "text/x-gettext-translation; charset=utf-8"),
}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.TRANSLATE)
def units(request: HttpRequest, at: Desk, piece: str, tag: str, ending: str) -> HttpResponse:
    """A piece as a file for translators, of the texts that were written in ``?source=``; POST brings one in (field ``file``, and
    ``partly`` to take what fits of one that does not fit whole). How large a body is, is asked before it is read."""
    there = piece_of(at.city, piece)
    language(tag)
    if ending not in FORMATS:
        raise Http404
    if request.method != "POST":
        return _written(request, at, there, tag, ending)
    length = str(request.META.get("CONTENT_LENGTH", ""))
    if not length.isdecimal() or int(length) > MOST_BYTES + _FRAME:
        problem = _("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 2**20}
        return HttpResponse(
            problem, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, content_type="text/plain; charset=utf-8"
        )
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _brought(request, at, there, tag)


def _written(request: HttpRequest, at: Desk, piece: Piece, tag: str, ending: str) -> HttpResponse:
    rows = list(rows_of(piece.draft.does.shape, piece.draft.document, tag))
    source = language(request.GET.get("source") or (rows[0].source if rows else "en"))
    pairs = Term.pairs(at.city, source, tag)
    made, kind = FORMATS[ending]
    content = made.written(
        [unit_of(row, pairs) for row in rows if row.source == source],
        original=_original(at, piece), source=source, target=tag,
    )  # fmt: skip
    name = f"{at.city.handle}-{piece.name.replace('/', '-')}-{source}-{tag}.{ending}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _original(at: Desk, piece: Piece) -> str:
    """How a file names the piece that it is of."""
    return f"@{at.city.handle}/{piece.name}"


@csrf_protect
def _brought(request: HttpRequest, at: Desk, piece: Piece, tag: str) -> HttpResponse:
    context: dict[str, Any] = {"desk": at, "piece": piece, "tag": tag, "language": name_of(tag, reader_tag())}
    file = request.FILES.get("file")
    try:
        if file is None:
            raise FileRefused(_("Choose a file first."))
        content = Path(file.temporary_file_path()).read_bytes()  # type: ignore[attr-defined] # by its handler
        found = _found(content, file.name or "", _original(at, piece), tag)
    except FileRefused as refusal:
        context["refusal"] = str(refusal)
        return render(request, "desk/units.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    judgement = judge(rows_of(piece.draft.does.shape, piece.draft.document, tag), found)
    context["judgement"] = judgement
    if judgement.troubles and "partly" not in request.POST:
        return render(request, "desk/units.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    outcome = save(piece.draft, judgement.edits, by=at.by)
    context |= {"done": True, "met": len(outcome.clashes) + len(outcome.problems)}
    return render(request, "desk/units.html", context)


def _found(content: bytes, name: str, original: str, tag: str) -> list[Found]:
    """The units of a file: by its name where that tells, else by what it begins with."""
    is_po = name.lower().endswith(".po") or (
        not name.lower().endswith((".xlf", ".xliff", ".xml"))
        and not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    )
    read = po.read if is_po else xliff.read
    return read(content, original=original, target=tag)
