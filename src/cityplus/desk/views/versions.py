from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.editor.compare import Difference, differences, media_in
from cityplus.desk.pieces import Piece, piece_of
from cityplus.drafts import DocumentError
from cityplus.drafts.models import Version
from cityplus.drafts.shapes import Document
from cityplus.media.models import Medium
from cityplus.web.paging import page_of

SIZE = 40
DRAFT, PUBLIC = "draft", "public"
"""What a version can be compared with beside another version: the draft as it is, and what the public has."""


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SEE, POST=Right.WRITE)
def versions(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """The versions that there are; POST keeps the draft as it is now as one."""
    found = piece_of(at.city, piece)
    if request.method == "POST":
        found.draft.keep(by=at.by, note=request.POST.get("note", "").strip()[:300])
        messages.success(request, _("Kept."))
        return redirect("desk:piece-versions", at.city.handle, piece)
    kept = Version.of(found.draft.kind, found.draft.subject_id).defer("document")
    page = page_of(kept, request.GET.dict(), ("-number",), size=SIZE, key="number")
    return render(request, "desk/versions.html", {"desk": at, "piece": found, "draft": found.draft, "page": page})


@require_safe
@desk(Right.SEE)
def version(request: HttpRequest, at: Desk, piece: str, number: int) -> HttpResponse:
    """One version beside another (``?with=``): a number, the ``draft`` as it is, or what is ``public``; at first the one before it."""
    found = piece_of(at.city, piece)
    this = _version(found, number)
    others = list(Version.of(this.kind, this.subject_id).exclude(number=number).values_list("number", flat=True)[:100])
    asked = request.GET.get("with") or next((str(n) for n in others if n < number), DRAFT)
    before = _document(found, asked)
    pair = (this.document, before) if asked == DRAFT else (before, this.document)
    context = {
        "desk": at,
        "piece": found,
        "draft": found.draft,
        "version": this,
        "asked": asked,
        "others": [str(n) for n in others],
        "newer": asked == DRAFT,
        "differences": compared(found, *pair),
    }
    return render(request, "desk/version.html", context)


@require_POST
@desk(Right.SEE, POST=Right.WRITE)
def restoration(request: HttpRequest, at: Desk, piece: str, number: int) -> HttpResponse:
    """Make the draft what it was in a version; what it is now is kept as one."""
    found = piece_of(at.city, piece)
    this = _version(found, number)
    try:
        found.draft.restore(this, by=at.by)
    except DocumentError as refused:
        messages.error(request, _("Nothing was restored. %(why)s") % {"why": refused.sentence})
        return redirect("desk:piece-version", at.city.handle, piece, number)
    words = _("The draft is what it was in version %(number)s. What it was before is kept as a version too.")
    messages.success(request, words % {"number": number})
    return redirect(found.url)


def compared(found: Piece, before: Document, after: Document) -> list[Difference]:
    """What differs from one document of the piece to another, with the names of its media."""
    shape = found.draft.does.shape
    for document in (before, after):
        shape.settle(document)
    media = Medium.objects.filter(owner=found.city.actor, pk__in=media_in(shape, (before, after)))
    return differences(shape, before, after, dict(media.values_list("pk", "name")))


def _version(found: Piece, number: int) -> Version:
    this = Version.of(found.draft.kind, found.draft.subject_id).filter(number=number).first()
    if this is None:
        raise Http404
    return this


def _document(found: Piece, asked: str) -> Document:
    document: Document
    if asked == DRAFT:
        document = found.draft.document
    elif asked == PUBLIC:
        document = found.draft.does.read(found.draft.subject_id)
    elif asked.isdecimal() and len(asked) < 10:
        document = _version(found, int(asked)).document
    else:
        raise Http404
    return document
