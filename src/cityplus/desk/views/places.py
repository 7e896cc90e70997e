from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.places import known
from cityplus.lib.coordinates import NotAPlace
from cityplus.search import QueryError


@require_safe
@desk(Right.WRITE)
def places(request: HttpRequest, at: Desk) -> HttpResponse:
    """Places for ``?q=``, a name or coordinates: ``{"places": [{name, at: [lat, lon], from, distance, …}]}``, the best first."""
    try:
        found = known(request.GET.get("q", "").strip(), at.city)
    except NotAPlace as problem:
        return JsonResponse({"error": not_a_place(problem)}, status=400)
    except QueryError as problem:
        return JsonResponse({"error": str(problem)}, status=400)
    answer = {"places": [place.as_json() for place in found]}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def not_a_place(problem: NotAPlace) -> str:
    """Why coordinates cannot be used, as a sentence."""
    if problem.shifted:
        return _(
            "This map moves its places by some hundred metres. Take the place from another map, or tap it on ours."
        )
    if abs(problem.lat) > 90 and abs(problem.lon) <= 90:
        return _("There is no such latitude. Latitude comes first, then longitude: are they in the right order?")
    return _(
        "This is no place on Earth. Latitude goes from −90 to 90, longitude from −180 to 180, minutes and seconds to 60."
    )
