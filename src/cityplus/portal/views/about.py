from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.pulse import counted
from cityplus.web.pagecache import keep


@require_safe
@keep
@counted("about")
def about(request: HttpRequest) -> HttpResponse:
    """What the network is, where it came from, how its texts and pictures are made, and whose they are."""
    return render(request, "portal/about.html")
