from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from cityplus.media import ranges


@require_safe
def basemap(request: HttpRequest) -> HttpResponseBase:
    """The operator's own map tiles, a PMTiles archive on this disk, in the ranges that the map asks for."""
    path = Path(settings.CITYPLUS.basemap)
    if path.suffix != ".pmtiles" or not path.is_file():
        raise Http404
    facts = path.stat()
    response = ranges.answer(request, lambda: path.open("rb"), facts.st_size, "application/vnd.pmtiles")
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["ETag"] = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'  # the map notices a new archive by it
    return response
