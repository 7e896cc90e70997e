"""All that is one's own, to take along: asked for here, written by the worker, fetched by nobody else."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cityplus import limits
from cityplus.limits import Limit
from cityplus.media import ranges, store
from cityplus.media.reading import OutOfRange
from cityplus.social.models import Takeout

ASKS = Limit("takeouts of a person", 5, 86_400)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def takeouts(request: HttpRequest) -> HttpResponse:
    """What was asked for of late, and how far it is. POST asks for all as it is now; suspended people may, too."""
    if request.method == "POST":
        limits.take(ASKS.by(request.user.pk))
        Takeout.ask(request.user)  # type: ignore[arg-type] # signed in
        return redirect("social:takeouts")
    found = [one for one in Takeout.objects.filter(person=request.user)[:10] if one.standing != "over"]
    context = {"takeouts": found, "waiting": any(one.standing == "waiting" for one in found)}
    return render(request, "social/people/takeouts.html", context)


@never_cache
@login_required
@require_safe
def file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The zip, whole or in ranges, for who asked for it."""
    found = Takeout.objects.filter(person=request.user, pk=min(number, 2**63 - 1)).first()
    if found is None or found.standing != "ready":
        raise Http404
    etag = f'"{found.key}"'
    asked = ranges.asked(request, etag)
    try:
        reading = store.read(found.key, asked)
    except FileNotFoundError:
        raise Http404 from None
    except OutOfRange as error:
        return ranges.nothing_of(error.size)
    response = ranges.reply(request, reading, "application/zip", whole=asked is None)
    name = f"{request.user.get_username()}-{found.asked_at:%Y-%m-%d}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["ETag"] = etag
    return response
