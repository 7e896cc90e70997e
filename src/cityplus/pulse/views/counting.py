from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.pulse import rule
from cityplus.pulse.pages import counted
from cityplus.web.pagecache import keep


@require_safe
@keep
@counted("counting")
def counting(request: HttpRequest) -> HttpResponse:
    """How views are counted: the rule, in words, with the numbers of the rule itself."""
    context = {
        "again": int(rule.AGAIN.total_seconds()) // 60,
        "shown": int(rule.SHOWN.total_seconds()) // 3600,
        "hours_kept": rule.HOURS_KEPT.days,
        "bots": rule.BOTS,
    }
    return render(request, "pulse/counting.html", context)
