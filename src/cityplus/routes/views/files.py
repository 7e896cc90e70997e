from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cityplus.languages.tags import reader_tag
from cityplus.routes.formats.geojson import geojson
from cityplus.routes.formats.gpx import gpx
from cityplus.routes.formats.kml import kml
from cityplus.routes.formats.outline import Outline, outline
from cityplus.routes.walkthrough import walkthrough
from cityplus.web.pagecache import keep

_WRITERS: dict[str, tuple[Callable[[Outline], bytes], str]] = {
    "gpx": (gpx, "application/gpx+xml"),
    "kml": (kml, "application/vnd.google-earth.kml+xml"),
    "geojson": (geojson, "application/geo+json"),
}


@require_safe
@keep
def route_file(request: HttpRequest, handle: str, slug: str, ending: str) -> HttpResponse:
    """The route as a file for other programs, in the language of the address."""
    walk = walkthrough(request.user, handle, slug)
    write, content_type = _WRITERS[ending]
    response = HttpResponse(write(outline(walk, reader_tag(), get_language() or "en")), content_type=content_type)
    return named(response, file_name(handle, slug, ending), attachment=True)


def file_name(handle: str, slug: str, ending: str) -> str:
    """``thehague-22-destinations.nl.gpx``: city, route, and the language where it is not English."""
    tag = reader_tag()
    return ".".join((f"{handle}-{slug}", *([tag] if tag != "en" else []), ending))


def named(response: HttpResponse, name: str, *, attachment: bool) -> HttpResponse:
    """The answer with a name to be kept under, and its language."""
    response.headers["Content-Disposition"] = str(content_disposition_header(attachment, name))
    response.headers["Content-Language"] = reader_tag()
    return response
