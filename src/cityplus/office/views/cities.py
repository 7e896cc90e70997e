from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.cities.models import City
from cityplus.office.access import office


@require_safe
@office
def cities(request: HttpRequest) -> HttpResponse:
    """The cities that are on their way to the launch, by how far they are."""
    coming = City.objects.exclude(stage__in=City.PUBLIC).select_related("actor").order_by("stage", "id")
    return render(request, "office/cities.html", {"coming": coming})
