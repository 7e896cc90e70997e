from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cityplus.languages.tags import reader_tag
from cityplus.search.asking import QueryError
from cityplus.search.suggesting import suggest


@require_safe
@cache_control(public=True, max_age=60)
def suggestions(request: HttpRequest) -> HttpResponse:
    """What ``?q=`` may become, as ``{"suggestions": [{kind, name, language, dir, url, …}]}``, the best first."""
    try:
        found = suggest(request.GET.get("q", ""), reader_tag())
    except QueryError as problem:
        return JsonResponse({"error": str(problem)}, status=400)
    answer = {"suggestions": [suggestion.as_json() for suggestion in found]}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
