"""Following: who follows an actor, whom it follows, and beginning or ending it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cityplus import limits
from cityplus.actors.models import Actor
from cityplus.limits import Limit
from cityplus.social.errors import NotAllowed
from cityplus.social.going_back import as_somebody, back
from cityplus.social.meeting import knowable, meet, shows_lists
from cityplus.social.models import Follow, FollowRequest
from cityplus.social.rendering.faces import FACE, renditions
from cityplus.social.speakers.acting import acting
from cityplus.social.speakers.reader import Reader
from cityplus.social.views.timelines import count_page
from cityplus.web.paging import page_of

SIZE = 40
FOLLOWS = Limit("follows of a person", 300, 3600)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def followers(request: HttpRequest, handle: str) -> HttpResponse:
    """Who follows an actor, the newest first. POST with ``on`` 1 or 0 follows it, or no longer."""
    if request.method == "POST":
        return _follow(request, handle=handle)
    return _list(request, handle, "followers")


@never_cache
@require_safe
def followed(request: HttpRequest, handle: str) -> HttpResponse:
    """Whom an actor follows, the newest first."""
    return _list(request, handle, "following")


@as_somebody
def _follow(request: HttpRequest, reader: Reader, actor: Actor, handle: str) -> HttpResponse:
    target = meet(reader, handle)
    if request.POST.get("on") == "0":
        Follow.end(actor, target, by=request.user.get_username())
    else:
        limits.take(FOLLOWS.by(request.user.pk))
        try:
            begun = Follow.begin(actor, target, by=request.user.get_username())
        except NotAllowed:
            messages.error(request, _("You cannot follow this account as you are now."))
            return back(request, target.get_absolute_url())
        if isinstance(begun, FollowRequest):
            messages.success(request, _("You have asked to follow. It begins when they accept."))
    if request.headers.get("X-Part") == "follow":
        return render(request, "social/people/follow_part.html", follow_state(request, target, reader, actor))
    return back(request, target.get_absolute_url())


@require_POST
@as_somebody
def follower(request: HttpRequest, reader: Reader, actor: Actor, handle: str, follower: str) -> HttpResponse:
    """With ``on`` 0, somebody follows one's own actor no longer; they are not told."""
    own = get_object_or_404(Actor.objects.filter(pk__in=reader.voices), handle=handle)
    other = get_object_or_404(Actor.objects.there(), handle=follower)
    if request.POST.get("on") != "0":
        raise Http404("nobody is made to follow")
    Follow.end(other, own, by=request.user.get_username())
    return back(request, request.path.removesuffix(f"{follower}/"))


def _list(request: HttpRequest, handle: str, which: str) -> HttpResponse:
    reader, _actor = acting(request)
    actor = meet(reader, handle)
    if not shows_lists(actor, reader):
        raise Http404("the lists of a locked account are for those who follow it")
    count_page(request, which, actor)
    here, there = ("target", "actor") if which == "followers" else ("actor", "target")
    known = {f"{there}__in": knowable(reader)}
    rows = Follow.objects.filter(**{here: actor}, **known).select_related(there, *(f"{there}__{name}" for name in FACE))
    rows = rows.prefetch_related(*renditions(f"{there}__"))
    page = page_of(rows, request.GET, ["-id"], size=SIZE)
    context: dict[str, Any] = {
        "actor": actor,
        "which": which,
        "page": page,
        "people": [getattr(row, there) for row in page.items],
        "own": actor.pk in reader.voices and which == "followers",
    }
    return render(request, "social/people/list.html", context)


def follow_state(request: HttpRequest, target: Actor, reader: Reader, actor: Actor | None) -> dict[str, Any]:
    """What the follow button of an actor shows to who acts as another one: three cheap questions, whatever the page."""
    own = target.pk in reader.voices
    follows = bool(actor) and not own and Follow.objects.filter(actor=actor, target=target).exists()
    asked = (
        bool(actor) and not own and not follows and FollowRequest.objects.filter(actor=actor, target=target).exists()
    )
    return {
        "target": target,
        "actor": actor,
        "own": own and (actor is None or actor.pk == target.pk),
        "follows": follows,
        "asked": asked,
        "next": request.get_full_path() if request.method == "GET" else request.POST.get("next", ""),
        "user": request.user,
        "request": request,
    }
