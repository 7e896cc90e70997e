"""The media library of a city."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from cityplus.cities.models import Rules
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.library import SIZE, Wanted, found, shown
from cityplus.media import multipart, quota, store
from cityplus.media.bounds import Bounds
from cityplus.media.errors import MediumError
from cityplus.media.models import Medium, Upload
from cityplus.media.probe import probe
from cityplus.web.paging import page_of


@csrf_exempt  # a form with a file is read into a place of our own first, and checked then, below
@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SEE, POST=Right.MEDIA)
def library(request: HttpRequest, at: Desk) -> HttpResponse:
    """All media; POST adds one without a script."""
    if request.method == "POST":
        return _add(request, at)
    wanted = Wanted.of(request.GET)
    page = page_of(
        found(at.city.actor, wanted).with_renditions(), request.GET, ["-pk"], size=SIZE, filters=wanted.query
    )  # fmt: skip
    bounds, used = Bounds.now(), quota.used(at.city.actor)
    context = {
        "desk": at,
        "wanted": wanted,
        "kinds": [
            (Medium.Kind.PICTURE, _("Pictures")),
            (Medium.Kind.FILM, _("Films")),
            (Medium.Kind.SOUND, _("Sounds")),
        ],
        "page": page,
        "media": shown(at.city.actor, page.items),
        "uploads": Upload.objects.filter(owner=at.city.actor, person=at.person).exclude(state="done"),
        "largest": bounds.largest,
        "used": used,
        "allowed": quota.allowed(at.city.actor),
    }
    return render(request, "desk/media/library.html", context)


def _add(request: HttpRequest, at: Desk) -> HttpResponse:
    rules = Rules.of(at.city)
    try:
        with store.workbench() as bench:
            path = bench / "file"
            request.POST, called = multipart.receive_named(request, path, Bounds.now().largest)  # type: ignore[assignment]

            @csrf_protect
            def add(request: HttpRequest) -> HttpResponse:
                quota.check(at.city.actor, path.stat().st_size)
                medium = Medium.receive(
                    at.city.actor, path, called, by=at.by, facts=probe(path, by_stranger=True),
                    credit=rules.credit, licence=rules.licence,
                )  # fmt: skip
                return redirect("desk:medium", at.city.handle, medium.pk)

            return add(request)
    except MediumError as error:
        messages.error(request, str(error).replace("file: ", "", 1))
        return redirect("desk:media", at.city.handle)
