from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.lib.geo import distance
from cityplus.pulse import counted
from cityplus.ties.models import Tie
from cityplus.web.pagecache import keep


@require_safe
@keep
@counted("ties")
def index(request: HttpRequest) -> HttpResponse:
    """All friendships of the network, the oldest first, with since when and by what source."""
    ties = [
        {"tie": tie, "metres": distance(tie.first.point, tie.second.point)}
        for tie in Tie.objects.public()
        .select_related("first__actor", "second__actor", "first__cover", "second__cover")
        .prefetch_related("first__cover__renditions", "second__cover__renditions")
    ]
    return render(request, "ties/index.html", {"ties": ties})
