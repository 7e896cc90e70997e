from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cityplus.ceremonies.models import Ceremony
from cityplus.pulse import counted
from cityplus.web.pagecache import keep
from cityplus.web.paging import page_of

SIZE = 24
"""Ceremonies a page."""


@require_safe
@keep
@counted("ceremonies")
def index(request: HttpRequest) -> HttpResponse:
    """All that everybody may know of, the newest first."""
    shown = Ceremony.objects.filter(announced=True).prefetch_related("takings__city__actor")
    page = page_of(shown, request.GET, ["-starts_at", "-id"], size=SIZE)
    return render(request, "ceremonies/index.html", {"page": page, "now": timezone.now()})
