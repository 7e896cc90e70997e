"""What stands between a person and an act: being signed in, the rules, and standing. Rooms above ask it before they write."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from cityplus.moderation.models import Acceptance
from cityplus.moderation.models.standing import standing_of
from cityplus.moderation.voices import actors_of
from cityplus.people.models import Person

View = Callable[..., HttpResponseBase]


def acting(view: View) -> View:
    """Let a view be reached by who is signed in and has accepted the rules in force. Others are led to where they do, and back; what
    they sent has to be sent again."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = request.user
        # Back to a page that can be looked at: the one they came from, where this one is only written to.
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else request.headers.get("Referer", "/")
        if not isinstance(person, Person):
            return redirect_to_login(back)
        if Acceptance.missing(person):
            return redirect(f"{reverse('moderation:acceptance')}?{urlencode({'next': back})}")
        return view(request, *args, **kwargs)

    return wrapped


def refusal(request: HttpRequest, actor: int) -> HttpResponse | None:
    """The page that says why an actor may not act now, for whoever acts for it; None when it may."""
    if standing_of([actor])[actor] != "suspended":
        return None
    own = isinstance(request.user, Person) and actor in actors_of(request.user)
    return render(request, "moderation/suspended.html", {"own": own}, status=403)
