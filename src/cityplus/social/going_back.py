"""Where one is led after a deed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from cityplus.social.speakers.acting import acting

Deed = Callable[..., HttpResponse]


def back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """To the page that the form names in ``next``, if it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if wanted.startswith("/") and ours else otherwise)


def as_somebody(view: Deed) -> Deed:
    """A view for who acts as an actor: it is given the reader and that actor. Who is not signed in is asked to be, and who has no
    profile to make one."""

    @wraps(view)
    def wrapped(request: HttpRequest, **parts: Any) -> HttpResponse:
        here = request.get_full_path()
        if request.method == "POST":
            here = request.POST.get("next", "") or "/"
        if not request.user.is_authenticated:
            return redirect_to_login(here)
        reader, actor = acting(request)
        if actor is None:
            return HttpResponseRedirect(f"{reverse('social:profile')}?{urlencode({'next': here})}")
        return view(request, reader, actor, **parts)

    return wrapped
