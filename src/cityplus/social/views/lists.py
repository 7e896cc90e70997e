"""What one keeps for oneself, and what is for a few alone."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cityplus.social.models import Bookmark, Mention, Post
from cityplus.social.rendering import showing
from cityplus.social.speakers.acting import acting
from cityplus.web.paging import page_of

PAGE = 20


@require_safe
@never_cache
@login_required
def bookmarks(request: HttpRequest) -> HttpResponse:
    """The posts that one has kept for oneself, the last kept first; what one may see no longer is left out."""
    reader, voice = acting(request)
    if voice is None:
        return render(request, "social/voiceless.html", {"here": "bookmarks"})
    seen = Post.objects.visible_to(reader).filter(pk=OuterRef("post"))
    rows = Bookmark.objects.filter(Exists(seen), actor=voice).select_related("post__author")
    page = page_of(rows, request.GET, ["-pk"], size=PAGE)
    shown = showing.posts([row.post for row in page.items], reader)
    return render(request, "social/bookmarks.html", {"page": page, "shown": shown, "voice": voice, "here": "bookmarks"})


@require_safe
@never_cache
@login_required
def letters(request: HttpRequest) -> HttpResponse:
    """What was said for those mentioned alone: to the acting voice, or by it; the newest first."""
    reader, voice = acting(request)
    if voice is None:
        return render(request, "social/voiceless.html", {"here": "letters"})
    to_me = Mention.objects.filter(post=OuterRef("pk"), actor=voice)
    posts = Post.objects.visible_to(reader).filter(Q(author=voice) | Exists(to_me), audience=Post.Audience.MENTIONED)
    posts = posts.exclude(author__in=reader.shunned).select_related("author")
    page = page_of(posts, request.GET, ["-pk"], size=PAGE)
    shown = showing.posts(page.items, reader)
    return render(request, "social/letters.html", {"page": page, "shown": shown, "voice": voice, "here": "letters"})
