"""The few pages of the frame itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from cityplus.languages.text import Text, Version
from cityplus.web.context import THEMES

YEAR = 365 * 24 * 3600


@csrf_exempt  # a taste, not a right: a stranger who changed it would change a colour
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme in a cookie and go back to the page."""
    chosen = request.POST.get("theme", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    if chosen not in THEMES:
        return HttpResponse("theme is one of: " + ", ".join(THEMES), status=400, content_type="text/plain")
    response = HttpResponseRedirect(back)
    response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Every component in every state, on one page."""
    sample = Text(
        "nl",
        {
            "nl": Version("De zee begint waar de tram ophoudt.", "author", "The Hague desk"),
            "en": Version("The sea begins where the tram ends.", "machine"),
            "zh-Hans": Version("电车到站，大海启程。", "reviewed", "The Hague desk", "2026-11-22T10:00+00:00"),
        },
    )
    return render(request, "web/design.html", {"sample": sample})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 page: the same for what is not there and for what one may not know of."""
    del exception
    return render(request, "web/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """The 500 page: stands on nothing that may be broken."""
    del request
    return HttpResponse(
        "<!doctype html><html lang=en><title>CityPlus</title><h1>Something broke on our side.</h1>"
        "<p>It has been written down. Please try again.</p></html>",
        status=500,
    )
