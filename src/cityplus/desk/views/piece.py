from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cityplus.cities.models import Rules
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.editor import posted
from cityplus.desk.editor.fields import Sheet
from cityplus.desk.editor.gaps import missing
from cityplus.desk.editor.island import island
from cityplus.desk.editor.writing import clashes, sent
from cityplus.desk.pieces import Piece, piece_of
from cityplus.desk.policies import may_edit
from cityplus.drafts import DocumentError, DraftClash
from cityplus.languages.tags import LanguageError, check_tag, name_of, reader_tag


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SEE, POST=Right.TRANSLATE)
def piece(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """A piece with all its fields, its texts in one language (``?in=``). POST saves the form as the autosave saves edits."""
    found = piece_of(at.city, piece)
    language = _language(request.POST.get("in") or request.GET.get("in", ""), found)
    if request.method == "POST":
        return _save(request, at, found, language)
    return _page(request, at, found, language)


def _save(request: HttpRequest, at: Desk, found: Piece, language: str) -> HttpResponse:
    draft = found.draft
    try:
        asked = sent(draft, request.POST)
    except DocumentError as refused:
        return _page(request, at, found, language, {}, {refused.path: refused.sentence}, 422)
    paths = [edit.path for edit in asked.edits]
    if not may_edit(at.role, draft.does.shape, draft.document, paths):
        words = _("Translators write versions in other languages than the original; this is something else.")
        return _page(request, at, found, language, asked.typed, dict.fromkeys(paths[:1], words), 403)
    if problems := posted.refused(draft.does.shape, asked.edits):
        return _page(request, at, found, language, asked.typed, problems, 422)
    try:
        if asked.edits:
            draft.edit(asked.edits, by=at.by)
    except DocumentError as refused:
        return _page(request, at, found, language, asked.typed, {refused.path: refused.sentence}, 422)
    except DraftClash as met:
        context = {"desk": at, "piece": found, "language": language, **clashes(draft, request.POST, asked, met)}
        return render(request, "desk/clashes.html", context, status=409)
    messages.success(request, _("Saved. The public sees it once it is published.") if paths else _("Nothing to save."))
    return redirect(f"{found.url}?{urlencode({'in': language})}#{asked.anchor}")


def _page(
    request: HttpRequest,
    at: Desk,
    found: Piece,
    language: str,
    typed: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    lacking = missing(found, found.draft.gaps())
    sheet = Sheet(
        found, at.role, language, typed=typed, problems=problems, lacking={gap.where for gap in lacking if gap.where}
    )
    context = {
        "desk": at,
        "piece": found,
        "draft": found.draft,
        "language": language,
        "languages": _languages(found, language),
        "is_original": language == _language("", found),
        "sections": sheet.sections(),
        "gaps": lacking,
        "problems": problems or {},
        "island": island(found, at),
        "may_write": at.may(Right.TRANSLATE),
        "may_shape": at.may(Right.WRITE),
    }
    return render(request, "desk/piece.html", context, status=status)


def _language(asked: str, found: Piece) -> str:
    """The language of the texts on the page: the one asked for, else the piece's own."""
    try:
        return check_tag(asked)
    except LanguageError:
        title = found.draft.document.get("title") or found.draft.document.get("names") or {}
        return title.get("original") or next(iter(found.city.languages), "") or reader_tag()


def _languages(found: Piece, language: str) -> list[dict[str, Any]]:
    """The languages that texts of the piece are in, those that the city asks for, and the one in hand."""
    document, shape = found.draft.document, found.draft.does.shape
    tags: dict[str, int] = dict.fromkeys([_language("", found), *Rules.of(found.city).languages, language], 0)
    texts = 0
    for path, _leaf in shape.texts(document):
        here: Any = document
        for name in path.split("/"):
            here = here[name]
        texts += bool(here)
        for tag in here.get("versions", {}):
            tags[tag] = tags.get(tag, 0) + 1
    reader = reader_tag()
    return [
        {"tag": tag, "name": name_of(tag, reader), "current": tag == language, "count": count, "of": texts}
        for tag, count in tags.items()
    ]
