"""The queue of what waits for the city, and the numbers of how fast it answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cityplus.cities.models import Rules
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.conversation import numbers as counting
from cityplus.desk.conversation import queue as queues
from cityplus.social.composing.languages import offered
from cityplus.social.models import ReadyAnswer
from cityplus.web.paging import page_of

SIZE = 20


@require_safe
@desk(Right.SPEAK)
def queue(request: HttpRequest, at: Desk) -> HttpResponse:
    """Questions to the public of the city, replies to its posts, and mentions of it: what has waited longest first."""
    wish = queues.Wish.of(request.GET)
    page = page_of(wish.matters(at), request.GET, (wish.order,), size=SIZE, filters=wish.as_query())
    context = {
        "desk": at,
        "wish": wish,
        "page": page,
        "lines": queues.lines(at, page.items),
        "shows": [(show, name, count, wish.but(show)) for show, name, count in queues.counted(at)],
        "kinds": queues.KINDS.items(),
        "languages": offered(at.city),
        "team": queues.speakers(at.city),
        "ready": ReadyAnswer.objects.filter(city=at.city),
        "hours": Rules.of(at.city).answer_hours,
    }
    return render(request, "desk/conversation/queue.html", context)


@require_safe
@desk(Right.SEE)
def numbers(request: HttpRequest, at: Desk) -> HttpResponse:
    """Questions by week: how many, how soon they were answered, and how many helped."""
    return render(request, "desk/conversation/numbers.html", {"desk": at, "numbers": counting.numbers(at.city)})


@require_safe
@desk(Right.SEE)
def numbers_file(request: HttpRequest, at: Desk) -> HttpResponseBase:
    """The same for spreadsheets."""
    name = f"{at.city.handle}-questions-{timezone.now():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    lines = counting.as_csv(counting.numbers(at.city))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
