"""The trail of who did what for the city: a page at a time, and whole as a file."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.trail.files import FILES
from cityplus.desk.trail.filters import Wish, kinds_of, people_of
from cityplus.desk.trail.lines import told
from cityplus.desk.trail.sentences import kind_name
from cityplus.web.paging import page_of

SIZE = 40


@require_safe
@desk(Right.TRAIL)
def trail(request: HttpRequest, at: Desk) -> HttpResponse:
    """Who did what, the newest first."""
    wish = Wish.of(request.GET)
    page = page_of(wish.entries(at.city), request.GET, ("-id",), size=SIZE, filters=wish.as_query())
    context = {
        "desk": at,
        "wish": wish,
        "page": page,
        "lines": told(at.city, page.items),
        "people": people_of(at.city),
        "kinds": [(kind, kind_name(kind)) for kind in kinds_of(at.city)],
        "query": f"?{urlencode(wish.as_query())}" if wish.as_query() else "",
    }
    return render(request, "desk/trail.html", context)


@require_safe
@desk(Right.TRAIL)
def trail_file(request: HttpRequest, at: Desk, ending: str) -> HttpResponseBase:
    """All entries that the filters leave, as a file."""
    kind, written = FILES[ending]
    lines = written(at.city, Wish.of(request.GET), get_language() or "en")
    name = f"{at.city.handle}-trail-{timezone.now():%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return StreamingHttpResponse(lines, content_type=kind, headers=headers)
