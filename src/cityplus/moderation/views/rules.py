from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.moderation.models import Edition
from cityplus.web.pagecache import keep


@require_safe
@keep
def rules(request: HttpRequest) -> HttpResponse:
    """The rules of the network in force, and how they are kept."""
    edition = Edition.in_force()
    rules = edition.rules.all() if edition else []
    context = {"edition": edition, "rules": rules, "days": settings.CITYPLUS.appeal_days}
    return render(request, "moderation/rules.html", context)
