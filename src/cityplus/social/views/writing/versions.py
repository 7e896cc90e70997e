"""A post as it was before, and changing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cityplus.social.composing import zones
from cityplus.social.composing.about import About
from cityplus.social.composing.deeds import change
from cityplus.social.composing.document import Document
from cityplus.social.composing.editing import change_post, document_of
from cityplus.social.composing.page import Page
from cityplus.social.errors import BadPost, Gone, Held
from cityplus.social.models import Post
from cityplus.social.speakers.acting import acting
from cityplus.social.views.writing.access import Writer, writer


@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, handle: str, number: int) -> HttpResponseBase:
    """GET: how a post was before, for who may see it; who did it is told to its author's team. POST: change it."""
    if request.method == "POST":
        return _change(request, handle=handle, number=number)
    return _history(request, handle, number)


@require_safe
@writer
def edit(request: HttpRequest, by: Writer, handle: str, number: int) -> HttpResponse:
    """The form for changing a post of one's own: its words, and those of its media."""
    post = by.own_post(handle, number)
    return _page(request, by, post, document_of(post))


@never_cache
def _history(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    reader, _actor = acting(request)
    posts = Post.objects.visible_to(reader).select_related("author")
    post = get_object_or_404(posts, pk=number, author__handle=handle)
    earlier = list(post.versions.order_by("-id"))
    begun = [*(version.until for version in earlier[1:]), post.at] if earlier else []
    context = {
        "post": post,
        "earlier": list(zip(earlier, begun, strict=True)),
        "team": post.author_id in reader.voices,
        "zone": zones.zone_of(post.author),
    }
    return render(request, "social/write/versions.html", context)


@writer
def _change(request: HttpRequest, by: Writer, handle: str, number: int) -> HttpResponse:
    post = by.own_post(handle, number)
    document, deed = Document.posted(request.POST), request.POST.get("deed", "save")
    if deed != "save":
        change(document, deed, request.POST, post.author)
        return _page(request, by, post, document)
    try:
        change_post(post, document, by=by.by)
    except BadPost as found:
        return _page(request, by, post, document, {found.where: str(found)})
    except Held:
        words = _("Moderation would have to look at this first. Change it, or write it as a new post.")
        return _page(request, by, post, document, {"text": words})
    except Gone as found:
        return _page(request, by, post, document, {"form": str(found)})
    messages.success(request, _("Changed. What it was before stays to be read."))
    return redirect(post)


def _page(request: HttpRequest, by: Writer, post: Post, document: Document, troubles: Any = None) -> HttpResponse:
    form = Page(document, post.author, by.voices, About(), "", troubles or {}, editing=post)
    return render(request, "social/write/compose.html", form.context(), status=400 if troubles else 200)
