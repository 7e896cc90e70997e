from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cityplus.media.models import Caption


@require_safe
def caption(request: HttpRequest, pk: int) -> HttpResponse:
    """A caption track as WebVTT."""
    track = get_object_or_404(Caption, pk=pk)
    response = HttpResponse(track.vtt, content_type="text/vtt; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
