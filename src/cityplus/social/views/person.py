from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cityplus.social.acting import acting
from cityplus.social.views.timelines import actor_posts, actor_seen
from cityplus.web.pagecache import keep


@keep(quiet=True)
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """The page of a person or an organisation: who it is, and what they say."""
    reader, voice = acting(request)
    actor = actor_seen(handle, request.user)
    context = actor_posts(request, actor, reader, replies=request.GET.get("with") == "replies")
    return render(request, "social/person.html", {**context, "voice": voice})
