from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cityplus.ceremonies import screens, walls
from cityplus.ceremonies.views.fetching import find
from cityplus.media.models import Rendition


@require_safe
@never_cache
def wall(request: HttpRequest, pk: int) -> HttpResponse:
    """The wall of the hall, full screen."""
    seen = find(request, pk)
    found = seen.ceremony
    now = screens.standing(found, inside=seen.inside)
    sound = Rendition.objects.filter(medium=found.music_id, content_type__startswith="audio/").first()
    context = walls.picture(found, now, seen.hall) | {
        "music": sound.url if sound else "",
        "state": screens.state(seen, now, "walls") | screens.sky(found),
    }
    return render(request, "ceremonies/wall.html", context)
