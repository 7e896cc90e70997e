from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.moderation import transparency as counts
from cityplus.moderation.words import Kind, Reason
from cityplus.web.pagecache import keep


@require_safe
@keep
def transparency(request: HttpRequest) -> HttpResponse:
    """What was reported, decided and appealed, by year."""
    years = [
        {
            "year": year,
            "reports": [(Reason(reason).label, number) for reason, number in year.reports.items()],
            "decisions": [(Kind(kind).label, number) for kind, number in year.decisions.items()],
        }
        for year in counts.years()
    ]
    return render(request, "moderation/transparency.html", {"years": years})


@require_safe
@keep
def as_file(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    headers = {"Content-Disposition": 'attachment; filename="transparency.csv"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(counts.as_csv(), content_type="text/csv; charset=utf-8", headers=headers)
