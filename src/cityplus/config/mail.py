"""The mail server as Django wants it told, from the one address that the operator gives."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cityplus.config.env import Env


def mail(env: Env) -> dict[str, Any]:
    """``smtp://`` speaks in the clear only until STARTTLS, and with ``?tls=no`` (a server on this machine) throughout;
    ``smtps://`` is TLS from the first byte. Without an address letters go to the terminal."""
    if not env.mail:
        return {"EMAIL_BACKEND": "cityplus.people.mail.ToTerminal"}
    parts = urlsplit(env.mail)
    from_first_byte = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if from_first_byte else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": from_first_byte,
        "EMAIL_USE_TLS": not from_first_byte and parse_qs(parts.query).get("tls") != ["no"],
        "EMAIL_TIMEOUT": 20,
    }
