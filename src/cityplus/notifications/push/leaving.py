"""Signing out on a browser ends its pushes at once; whatever else ends its session is noticed before the next push."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cityplus.notifications.models import Device


def signed_out(request: HttpRequest | None = None, **_: Any) -> None:
    if request is not None and request.session.session_key:
        Device.objects.filter(session=request.session.session_key).delete()
