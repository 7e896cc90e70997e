from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.pulse import counted
from cityplus.routes.models import Route
from cityplus.web.pagecache import keep


@require_safe
@keep
@counted("routes")
def index(request: HttpRequest) -> HttpResponse:
    """Every published route of the network."""
    routes = Route.objects.visible_to(request.user).filter(state="published").for_cards()
    return render(request, "routes/index.html", {"routes": list(routes)})
