from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cityplus.media import visibility
from cityplus.media.models import Caption


@require_safe
def caption(request: HttpRequest, pk: int) -> HttpResponse:
    """A caption track as WebVTT, for whoever may see its film."""
    track = get_object_or_404(Caption, pk=pk)
    public = visibility.standing(f"medium {track.medium_id}", lambda: [track.medium_id]).public
    if not public and not visibility.seen_by(request.user, [track.medium_id]):
        raise Http404
    response = HttpResponse(track.vtt, content_type="text/vtt; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    return response
