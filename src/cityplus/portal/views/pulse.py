from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.languages.tags import reader_tag
from cityplus.portal.pulse import days_chart, hours_chart, rankings
from cityplus.pulse import NETWORK, counted, totals
from cityplus.web.pagecache import keep


@require_safe
@keep  # as every kept page it ends with its minute, which is how old its numbers may be
@counted("pulse")
def pulse(request: HttpRequest) -> HttpResponse:
    """The numbers of the network, for everybody: today, the last thirty days, and since the beginning."""
    now, tag = datetime.now(UTC), reader_tag()
    days = days_chart(now, tag)
    context = {
        "total": totals(NETWORK),
        "today": days.rows[-1][1],
        "days": days,
        "hours": hours_chart(now, tag),
        **rankings(request.user, tag),
    }
    return render(request, "portal/pulse.html", context)
