"""Favourites, boosts and bookmarks of a post."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.social import policies
from cityplus.social.models import Bar, Bookmark, Boost, Favourite
from cityplus.social.models.mark import Mark
from cityplus.social.rendering.faces import FACE, renditions
from cityplus.social.speakers.reader import Reader
from cityplus.social.views.deeds import Deed, deed, seen
from cityplus.web.paging import page_of

PAGE = 40


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def favourites(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """Who likes a post; or to like it, or no longer."""
    return _favourite(request, handle, number) if request.method == "POST" else _who(request, handle, number, Favourite)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def boosts(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """Who passes a post on; or to do so, or no longer."""
    return _boost(request, handle, number) if request.method == "POST" else _who(request, handle, number, Boost)


@require_POST
@never_cache
@deed
def bookmarks(deed: Deed) -> None:
    """Keep a post for oneself, or no longer."""
    _mark(deed, Bookmark)


@deed
def _favourite(deed: Deed) -> None:
    if deed.on and Bar.between(deed.actor.pk, deed.post.author_id):
        raise PermissionDenied(_("One of the two has blocked the other."))
    _mark(deed, Favourite)


@deed
def _boost(deed: Deed) -> None:
    if deed.on and not policies.may_boost(deed.post, deed.standing):
        raise PermissionDenied(_("Whoever wrote this has said who may pass it on, and you are not among them."))
    _mark(deed, Boost)


def _mark(deed: Deed, mark: type[Mark]) -> None:
    (mark.put if deed.on else mark.take)(deed.actor, deed.post, by=deed.by)


def _who(request: HttpRequest, handle: str, number: int, mark: type[Mark]) -> HttpResponse:
    """Those who marked a post, the newest first; nobody is shown who and the reader do not see each other, nor who is gone."""
    post, reader, voice = seen(request, handle, number)
    found: Any = mark.objects.filter(post=post, actor__gone_at=None).exclude(actor__in=_blocked(reader))
    faces = (f"actor__{name}" for name in FACE)
    found = found.select_related("actor", *faces).prefetch_related(*renditions("actor__"))
    page = page_of(found, request.GET, ["-pk"], size=PAGE)
    context = {"post": post, "page": page, "kind": mark._meta.model_name, "voice": voice}
    return render(request, "social/marked.html", context)


def _blocked(reader: Reader) -> list[int]:
    return sorted(reader.shunned)
