"""Values of settings that are lists: each reads the text of a variable, and says what it takes when it cannot."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit


def words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def servers(value: str) -> tuple[str, ...]:
    found = words(value)
    for server in found:
        try:
            parts = urlsplit(f"//{server}")
            ip_address(parts.hostname or "")
            parts.port  # noqa: B018 - raises ValueError when it is no number
        except ValueError:
            raise ValueError("takes IP addresses such as 9.9.9.9, 127.0.0.1:5353 or [::1]:53, by commas") from None
    return found


def networks(value: str) -> tuple[Any, ...]:
    try:
        return tuple(ip_network(word) for word in words(value))
    except ValueError:
        raise ValueError("takes networks such as 10.2.0.0/16 or 127.0.0.1/32, by commas, or nothing") from None
