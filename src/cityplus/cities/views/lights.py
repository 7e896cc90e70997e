from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from cityplus.cities.filters import chosen_in, fitting
from cityplus.cities.lights import drawing, frame, lights
from cityplus.cities.models import City
from cityplus.lib.charts import world
from cityplus.web.pagecache import keep

YEAR = 365 * 24 * 3600


@require_safe
def packed(request: HttpRequest) -> HttpResponse:
    """The lights of all launched cities for the globe; under the address with their version (``?v=``) they never change."""
    found = lights()
    etag = f'"{found.version}"'
    response = get_conditional_response(request, etag=etag)
    if not isinstance(response, HttpResponse):
        response = HttpResponse(found.packed, content_type="application/octet-stream")
    named = request.GET.get("v") == found.version
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if named else "no-cache"
    response.headers["ETag"] = etag
    return response


@require_safe
@keep(clocks=False)
def drawn(request: HttpRequest) -> HttpResponse:
    """The lights of the members that fit the filters, on the same part of the Earth as the map of the directory: a layer of it."""
    places = fitting(City.objects.public(), chosen_in(request.GET)).order_by().values_list("lat", "lon")
    dots = drawing(places.iterator(chunk_size=5000), frame())
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {world.WIDTH} {world.HEIGHT}">'
        f'<path transform="scale(.5)" d="{dots}" fill="none" stroke="#ffe3b0" stroke-opacity=".9" '
        'stroke-width="3.4" stroke-linecap="round"/></svg>'
    )
    return HttpResponse(svg, content_type="image/svg+xml")
