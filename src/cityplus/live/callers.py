"""Who is there on the async door: the session of the cookie, and the person whom Django's own sign-in finds behind it."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http.cookie import parse_cookie


def session_of(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The key of the session that a request names; empty when it names none."""
    cookies = "; ".join(value.decode("latin-1") for name, value in headers if name == b"cookie")
    key = str(parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, ""))
    return key if key.isascii() and key.isalnum() else ""


def person_of(session: str) -> Any:
    """Who is signed in there now; an ``AnonymousUser`` when the session has ended, the password was changed since, or the account
    is closed. It asks the database."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(session or None)
    return get_user(SimpleNamespace(session=store))  # type: ignore[arg-type] # it looks at nothing but the session
