from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cityplus import pulse
from cityplus.actors.models import Actor
from cityplus.pulse import Subject
from cityplus.social.rendering import showing
from cityplus.social.speakers.acting import acting
from cityplus.ties.models import Tie
from cityplus.web.pagecache import keep


@require_safe
@keep(quiet=True)
def posts(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """What is said in the space of a pair."""
    if first > second:
        return redirect("ties:posts", second, first, permanent=True)
    ties = Tie.objects.public().with_cities()
    tie = get_object_or_404(ties, first__actor__handle=first, second__actor__handle=second)
    pair = get_object_or_404(Actor.objects.there(), handle=str(tie))
    pulse.counts(request, "pair-posts", Subject.of("pair-posts", tie.pk), *tie.subjects)
    reader, voice = acting(request)
    return render(request, "social/posts.html", {**showing.of_actor(request, pair, reader), "voice": voice})
