"""When a device was last seen: written once an hour, so that who looks through their devices knows which are in use."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

HOUR = 3600
_SEEN = "seen"


class Presence:
    """Middleware, within sessions and sign-in. A page that did not ask who is there is not held up to find out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed and hasattr(request, "_cached_user") and request.user.is_authenticated:
            _touch(request)
        return response


def _touch(request: HttpRequest) -> None:
    now = int(time.time())
    if now - request.session.get(_SEEN, 0) >= HOUR:
        request.session[_SEEN] = now
        UserSession.objects.create_from_request(request)


def last_seen(people: Collection[int]) -> dict[int, datetime]:
    """When each of these people was last seen on any device, to the hour; who is signed in nowhere is left out."""
    seen = UserSession.objects.filter(user__in=people).order_by().values("user").annotate(at=Max("last_seen_at"))
    return {row["user"]: row["at"] for row in seen}


def sweep(**_: Any) -> None:
    """Forget sessions that ran out, and the devices they were on; plugged in at each sign-in."""
    now = timezone.now()
    ended = Session.objects.filter(expire_date__lt=now).values_list("pk", flat=True)[:200]
    Session.objects.filter(pk__in=list(ended)).delete()
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE + HOUR)
    UserSession.objects.filter(last_seen_at__lt=now - longest).delete()
