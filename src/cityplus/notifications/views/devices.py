"""The browsers that take pushes for somebody."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cityplus import limits
from cityplus.lib.fetch import is_public
from cityplus.limits import Limit
from cityplus.notifications.models import Device
from cityplus.notifications.push.sealing import SealError, keys_of
from cityplus.people.models import Person

ADDED = Limit("devices of an account", 60, 3600)
_LONGEST = 2000


@require_POST
@login_required
def add(request: HttpRequest) -> JsonResponse:
    """Take a subscription as a browser gives it, ``{"endpoint", "keys": {"p256dh", "auth"}}``; the same again changes nothing."""
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 - login_required stands before
    limits.take(ADDED.by(person.pk))
    try:
        told = json.loads(request.body)
        endpoint, keys = _endpoint(told["endpoint"]), told["keys"]
        p256dh, auth = str(keys["p256dh"]).rstrip("="), str(keys["auth"]).rstrip("=")
        keys_of(p256dh, auth)
    except (ValueError, KeyError, TypeError) as error:
        detail = str(error) if isinstance(error, SealError) else _("This is not a subscription to pushes.")
        return JsonResponse({"detail": detail}, status=400)
    session, agent = request.session.session_key or "", request.headers.get("User-Agent", "")
    device = Device.add(person, endpoint, p256dh, auth, session=session, agent=agent)
    return JsonResponse({"device": device.pk}, status=201)


def _endpoint(given: Any) -> str:
    """An https address of the public internet, or one of a network that trials may ask; where its name leads to is looked at
    each time that something is sent."""
    if not isinstance(given, str) or len(given) > _LONGEST or not given.isascii() or not given.isprintable():
        raise ValueError("no address")
    parts = urlsplit(given)
    trial = bool(settings.CITYPLUS.fetch_allow)
    host = parts.hostname or ""
    if not host or "@" in parts.netloc or " " in given or (parts.scheme != "https" and not trial):
        raise ValueError("no https address")
    if (parts.port not in {None, 443} or (_is_number(host) and not is_public(host))) and not trial:
        raise ValueError("no address of the public internet")
    return given


def _is_number(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdecimal()


@require_POST
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Push to this browser no more; somebody else's is none."""
    ended, _rows = Device.objects.filter(pk=pk, person=request.user.pk).delete()
    if not ended:
        raise Http404
    messages.success(request, _("Nothing is pushed there any more."))
    return redirect("notifications:wishes")
