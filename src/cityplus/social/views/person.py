from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cityplus.social import showing
from cityplus.social.acting import acting
from cityplus.social.views.timelines import actor_seen, count_page
from cityplus.web.pagecache import keep


@keep(quiet=True)
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """The page of a person or an organisation: who it is, and what they say."""
    reader, voice = acting(request)
    actor = actor_seen(handle, request.user)
    count_page(request, "person", actor)
    return render(request, "social/person.html", {**showing.of_actor(request, actor, reader), "voice": voice})
