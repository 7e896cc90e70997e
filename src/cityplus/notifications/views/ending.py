"""Ending the digests by the link of a letter, without signing in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cityplus.notifications.ending import person_of
from cityplus.notifications.models import Wishes


@never_cache
@csrf_exempt  # a mail program has no page of ours before it; the signed link is what counts (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """``POST`` ends them; a page with a button comes by ``GET``, for programs that look into letters follow every link."""
    person = person_of(token)
    if person is None:
        raise Http404
    wishes = Wishes.of(person)
    if request.method == "POST":
        wishes.end_digests()
    context = {"ended": wishes.digest == "never", "name": person.username}
    answer = render(request, "notifications/ending.html", context)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
