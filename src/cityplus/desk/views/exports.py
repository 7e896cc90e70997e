"""The city as a pack: asked for here, written by the worker, fetched for a day by who may export."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.media import ranges, store
from cityplus.media.reading import OutOfRange
from cityplus.packs.models import Export


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.EXPORT)
def exports(request: HttpRequest, at: Desk) -> HttpResponse:
    """What was asked for of late, and how far it is. POST asks for the pack as the city is now."""
    if request.method == "POST":
        Export.ask(at.city, by=at.by)
        return redirect("desk:exports", at.city.handle)
    found = list(Export.objects.filter(city=at.city)[:20])
    context = {"desk": at, "exports": found, "working": any(one.standing == "waiting" for one in found)}
    return render(request, "desk/exports.html", context)


@require_safe
@desk(Right.EXPORT)
def file(request: HttpRequest, at: Desk, export: int) -> HttpResponseBase:
    """The zip, whole or in ranges, as long as its day lasts."""
    found = Export.objects.filter(city=at.city, pk=min(export, 2**63 - 1)).first()
    if found is None or not found.is_open:
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
    name = f"{at.city.handle}-{found.asked_at:%Y-%m-%d}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["ETag"] = etag
    return response
