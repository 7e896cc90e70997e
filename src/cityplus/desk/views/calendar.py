from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.calendar import month_of


@require_safe
@desk(Right.SEE)
def calendar(request: HttpRequest, at: Desk) -> HttpResponse:
    """What is set to be published, a month at a time."""
    month = month_of(at.city, request.GET.get("month", ""), timezone.now(), posts=at.may(Right.SPEAK))
    return render(request, "desk/calendar.html", {"desk": at, "month": month})
