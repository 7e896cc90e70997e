"""What the settings of a translation service take, and how they go together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit


def kind(value: str) -> str:
    """The protocol of the service, or nothing."""
    if value not in {"", "libretranslate", "deepl"}:
        raise ValueError("takes libretranslate or deepl, or nothing for no machine")
    return value


def address(value: str) -> str:
    """The address of the service, which may have a path, without a slash at its end."""
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment):
        raise ValueError("takes the address of a service, such as http://localhost:5000")
    parts.port  # noqa: B018 - raises ValueError when it is no number
    return value.rstrip("/")


def problem(values: Mapping[str, Any]) -> str:
    """What the settings that were given lack, as the end of a setting's name and a sentence; empty when they go together."""
    translator = values.get("translator", "")
    if translator == "libretranslate" and not values.get("translator_url"):
        return "TRANSLATOR_URL: libretranslate needs the address of its server"
    if translator == "deepl" and not values.get("translator_key"):
        return "TRANSLATOR_KEY: deepl needs a key"
    if not translator and (values.get("translator_url") or values.get("translator_key")):
        return "TRANSLATOR: say libretranslate or deepl, since its address or key is given"
    return ""
