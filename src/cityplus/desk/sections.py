"""The parts of the desk, as its navigation shows them."""

from __future__ import annotations

from typing import Any

from django import urls
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk

SECTIONS: tuple[tuple[str, tuple[str, ...], Any, Right], ...] = (
    ("home", (), _("Today"), Right.SEE),
    ("checklist", (), _("Checklist"), Right.SEE),
    ("piece", ("profile",), _("Profile"), Right.SEE),
    ("routes", (), _("Routes"), Right.SEE),
    ("media", (), _("Media"), Right.SEE),
    ("languages", (), _("Languages"), Right.TRANSLATE),
    ("moderation", (), _("Moderation"), Right.GOVERN),
    ("organisations", (), _("Organisations"), Right.VERIFY),
    ("ceremonies", (), _("Ceremonies"), Right.SEE),
    ("events", (), _("Events"), Right.SEE),
    ("conversation", (), _("Conversation"), Right.SPEAK),
    ("common-questions", (), _("Common questions"), Right.SPEAK),
    ("opportunities", (), _("Opportunities"), Right.SEE),
    ("calendar", (), _("Calendar"), Right.SEE),
    ("team", (), _("Team"), Right.SEE),
    ("trail", (), _("Trail"), Right.TRAIL),
    ("exports", (), _("Packs"), Right.EXPORT),
    ("official", (), _("Official"), Right.SETTINGS),
    ("settings", (), _("Rules"), Right.SETTINGS),
)
"""View and what its address takes beside the city, label, and the right that it takes."""
ELSEWHERE = {"opportunities": "opportunities:work"}
"""Parts of which some pages stand at an address of another room, in the same frame."""
BESIDE = {"interest": "opportunities"}
"""Parts of which some pages stand beside their address: by the first word of the names of these pages."""


def entries(request: HttpRequest, desk: Desk) -> list[dict[str, Any]]:
    """What the navigation of this desk shows to this person."""
    found = []
    match = request.resolver_match
    beside = BESIDE.get((match.url_name or "").partition("-")[0]) if match else None
    for view, more, label, right in SECTIONS:
        if desk.may(right):
            url = urls.reverse(f"desk:{view}", args=[desk.city.handle, *more])
            there = urls.reverse(ELSEWHERE[view], args=[desk.city.handle]) if view in ELSEWHERE else url
            current = request.path == url if view == "home" else request.path.startswith((url, there))
            found.append({"label": label, "url": url, "current": current or view == beside})
    return found
