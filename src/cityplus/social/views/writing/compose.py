"""The form in which one writes: a post of its own, a reply, a quote, a question."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cityplus import limits
from cityplus.media.models import Medium
from cityplus.social.composing import deeds, page
from cityplus.social.composing.about import About, asked_city, space_of
from cityplus.social.composing.document import Document, Item
from cityplus.social.composing.holding import new_nonce
from cityplus.social.composing.page import Page
from cityplus.social.composing.sending import send
from cityplus.social.composing.turning import Troubles
from cityplus.social.errors import BadPost, Gone, Held
from cityplus.social.models import Sheet
from cityplus.social.views.writing.access import Writer, closed, writer, writer_with_file

POSTING = limits.Limit("social.posting", times=300, seconds=3600)
"""Posts of one person; what newcomers may is for moderation to say."""
NONCE = re.compile(r"[\w-]{16,64}")


@require_http_methods(["GET", "HEAD", "POST"])
@writer_with_file
def new(request: HttpRequest, by: Writer) -> HttpResponse:
    """Write a post; ``asks`` names the city whose public it asks, ``space`` the pair in whose space it is said."""
    return _write(request, by, About())


@require_http_methods(["GET", "HEAD", "POST"])
@writer_with_file
def replies(request: HttpRequest, by: Writer, handle: str, number: int) -> HttpResponse:
    """Answer a post."""
    return _write(request, by, About(reply_to=by.post(handle, number)))


@require_http_methods(["GET", "HEAD", "POST"])
@writer_with_file
def quotes(request: HttpRequest, by: Writer, handle: str, number: int) -> HttpResponse:
    """Quote a post."""
    return _write(request, by, About(quote=by.post(handle, number)))


@require_safe
@writer
def sheet(request: HttpRequest, by: Writer, pk: int) -> HttpResponse:
    """Go on with a sheet of one of one's voices."""
    kept = get_object_or_404(Sheet.objects.select_related("author"), pk=pk, author__in=by.reader.voices)
    if kept.held_at:
        return closed(request, _("Moderation is looking at it. It can be changed again once they have decided."))
    document = Document.kept(kept.document)
    about = About.of(by.reader, document.reply_to, document.quote) or About()
    troubles = {"form": kept.says} if kept.problem else {}
    form = Page(document, kept.author, by.voices, about, kept.nonce, troubles, sheet=kept)
    return render(request, "social/write/compose.html", form.context())


@require_safe
@writer
def item(request: HttpRequest, by: Writer, pk: int) -> HttpResponse:
    """The fields of one medium, for a form that has just sent it: of one of one's voices."""
    medium = get_object_or_404(Medium.objects.with_renditions(), pk=pk, owner__in=by.reader.voices)
    tags = Document(request.GET.getlist("language")).languages
    number = len(request.GET.getlist("medium")) + 1
    context = {"item": page.item_fields(medium, Item(pk), tags, number)}
    return render(request, "social/write/medium.html", context)


def _write(request: HttpRequest, by: Writer, about: About) -> HttpResponse:
    if not about.allows(by.reader, by.actor):
        return closed(request, _deaf(about))
    if request.method != "POST":
        return _page(request, by, about, _begun(request, by, about), new_nonce())
    document, nonce = Document.posted(request.POST), request.POST.get("nonce", "")
    nonce = nonce if NONCE.fullmatch(nonce) else new_nonce()
    document.reply_to = about.reply_to.pk if about.reply_to else 0
    document.quote = about.quote.pk if about.quote else 0
    troubles = deeds.take_file(document, by.actor, by.file, by.called, by=by.by) if by.file else {}
    deed = request.POST.get("deed", "post")
    if troubles or not deeds.sends(deed):
        deeds.change(document, deed, request.POST, by.actor)
        added = document.languages[-1] if deed == "language" else ""
        return _page(request, by, about, document, nonce, troubles, added)
    try:
        return _send(request, by, about, document, nonce, deed)
    except Troubles as found:
        troubles = dict(found.by_field)
    except BadPost as found:
        troubles = {found.where: str(found)}
    except Gone as found:
        troubles = {"form": str(found)}
    return _page(request, by, about, document, nonce, troubles)


def _send(request: HttpRequest, by: Writer, about: About, document: Document, nonce: str, deed: str) -> HttpResponse:
    voices = by.reader.voices
    if deed == "draft":
        Sheet.write(by.actor, document.as_json(), by=by.by, nonce=nonce, voices=voices)
        messages.success(request, _("Kept as a draft."))
        return redirect("social:drafts")
    if deed == "schedule":
        deeds.schedule(document, by.actor, about, by.person, nonce, voices)
        messages.success(request, _("It will be posted at that moment."))
        return redirect("social:drafts")
    limits.take(POSTING.by(by.person.pk))
    try:
        post = send(document, by.actor, about, by.person, nonce)
    except Held as why:
        deeds.hold(document, by.actor, by.by, nonce, voices, str(why))
        messages.success(request, _("Moderation looks at it before it is posted. You find it among your drafts."))
        return redirect("social:drafts")
    messages.success(request, _("Posted."))
    return redirect(post)


def _begun(request: HttpRequest, by: Writer, about: About) -> Document:
    """A new form, for what the address asks for."""
    asks, space = request.GET.get("asks", ""), request.GET.get("space", "")
    if asks and asked_city(asks) is None:
        raise Http404
    known = space_of(by.actor, space) if space else None
    document = page.fresh(by.actor, about, asks=asks, space=known.handle if known else "")
    document.attach = request.GET.get("attach", "")[:300]
    return document


def _deaf(about: About) -> str:
    if about.reply_to:
        return _("Replies to this are closed for you: whoever posted it has chosen who may reply.")
    return _("This cannot be quoted by you: whoever posted it has chosen who may quote it.")


def _page(
    request: HttpRequest,
    by: Writer,
    about: About,
    document: Document,
    nonce: str,
    troubles: Any = None,
    open_: str = "",
) -> HttpResponse:
    form = Page(document, by.actor, by.voices, about, nonce, troubles or {}, open=open_)
    return render(request, "social/write/compose.html", form.context(), status=400 if troubles else 200)
