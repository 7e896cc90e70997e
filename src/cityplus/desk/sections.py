"""The parts of the desk, as its navigation shows them."""

from __future__ import annotations

from typing import Any

from django import urls
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk

SECTIONS: tuple[tuple[str, Any, Right], ...] = (
    ("home", _("Today"), Right.SEE),
    ("ceremonies", _("Ceremonies"), Right.SEE),
)
"""View, label, and the right that it takes."""


def entries(request: HttpRequest, desk: Desk) -> list[dict[str, Any]]:
    """What the navigation of this desk shows to this person."""
    found = []
    for view, label, right in SECTIONS:
        if desk.may(right):
            url = urls.reverse(f"desk:{view}", args=[desk.city.handle])
            current = request.path == url if view == "home" else request.path.startswith(url)
            found.append({"label": label, "url": url, "current": current})
    return found
