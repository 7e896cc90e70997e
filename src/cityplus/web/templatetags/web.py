"""Tags of the page frame."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cityplus.web.assets import asset as asset_url
from cityplus.web.context import tabs as row_of_tabs

register = template.Library()

HUE_STEP = 5
_ICONS = {
    "star": "M12 0C13 8 16 11 24 12 16 13 13 16 12 24 11 16 8 13 0 12 8 11 11 8 12 0Z",
    "next": "M9 5l7 7-7 7",
    "previous": "M15 5l-7 7 7 7",
    "up": "M5 15l7-7 7 7",
    "down": "M5 9l7 7 7-7",
    "grip": "M9 6h0m6 0h0M9 12h0m6 0h0M9 18h0m6 0h0",
    "walk": "M13 4.5a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0ZM9 21l2-6 3 3v3M8 12l2-4 3 1 2 3 3 1M11 8l-1 7",
    "cycle": "M6 20a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm12 0a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM6 16l4-7h5l3 7M9 6h2",
    "drive": "M4 16v-4l2-5h12l2 5v4M4 16h16M4 16v2m16-2v2M7 13h1m8 0h1",
    "transit": "M7 4h10a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Zm-2 7h14M8 20l2-3m6 3-2-3M9 14h0m6 0h0",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3 2",
    "sound": "M4 10v4h3l5 4V6L7 10H4Zm11-1a4 4 0 0 1 0 6m2-8a7 7 0 0 1 0 10",
    "eye": "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12Zm10 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
    "access": "M12 6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Zm-1 2v5h4l3 6M11 13a4.5 4.5 0 1 0 4 6",
    "language": "M3 5h9M7.5 3v2m3 0c0 4-3 7-7 8m3-5c1 3 3 4 5 5m2 8 4-10 4 10m-6.500-3h5",
    "map": "M9 4 3 6v14l6-2 6 2 6-2V4l-6 2-6-2Zm0 0v14m6-12v14",
    "pin": "M12 21s7-6 7-11a7 7 0 1 0-14 0c0 5 7 11 7 11Zm0-8.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z",
    "play": "M8 5v14l11-7z",
    "theme": "M20 14a8 8 0 1 1-9-10 6.500 6.500 0 0 0 9 10Z",
    "search": "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 5 5",
    "desk": "M4 5h16v10H4zM8 19h8m-4-4v4M7.500 9h5m-5 3h8",
    "bell": "M18 16H6c1-1.500 1.500-3 1.500-6a4.500 4.500 0 0 1 9 0c0 3 .5 4.500 1.500 6Zm-8 3a2 2 0 0 0 4 0",
    "reply": "M10 6 4 11l6 5v-3.500c5 0 8 1 10 4 0-5-3-8.500-10-8.500Z",
    "boost": "M7 8h9a3 3 0 0 1 3 3v2M7 8l3-3M7 8l3 3m7 5H8a3 3 0 0 1-3-3v-2m12 5-3 3m3-3-3-3",
    "light": "M12 3.500 13.600 10 20.500 12 13.600 14 12 20.500 10.400 14 3.500 12 10.400 10Z",
    "bookmark": "M7 4h10v16l-5-4-5 4Z",
    "quote": "M5 16c3-1 4-3 4-6H5V6h6v4c0 5-2 8-6 9Zm9 0c3-1 4-3 4-6h-4V6h6v4c0 5-2 8-6 9Z",
    "more": "M6 12h0m6 0h0m6 0h0",
    "lock": "M6 11h12v9H6zm2.500 0V8a3.500 3.500 0 0 1 7 0v3",
    "letter": "M4 6h16v12H4zm0 1 8 6 8-6",
    "snow": "M12 3v18M4.200 7.500l15.600 9m0-9-15.600 9",
    "ask": "M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400m0 3h0M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z",
    "people": "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7Zm-6 9c0-4 2-6 6-6s6 2 6 6m1-9a3 3 0 0 0-1-6m2 9c3 0 4 2 4 6",
    "check": "m5 12.500 4.500 4.500L19 7.500",
    "print": "M7 9V3h10v6M7 17H4v-7h16v7h-3M7 14h10v7H7z",
}  # fmt: skip
_FILLED = {"star", "play"}


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built front-end file."""
    return asset_url(name)


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A small drawing beside words; it says nothing to a screen reader. Direction icons turn with the script by CSS."""
    body = f'<path d="{_ICONS[name]}"/>'
    kind = "icon icon-filled" if name in _FILLED else "icon"
    return format_html(
        '<svg class="{} icon-{} {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        kind,
        name,
        css,
        mark_safe(body),  # noqa: S308 - our own constant
    )


@register.inclusion_tag("web/tabs.html", takes_context=True)
def tabs(context: dict[str, Any], row: str) -> dict[str, Any]:
    """The way between the pages of one row of the navigation, as they plugged themselves in: ``{% tabs "events" %}``."""
    return {"navigation": row_of_tabs(context["request"], row) if "request" in context else []}


@register.filter
def hue_class(hue: int) -> str:
    """The class that gives an element a city's light; the policy forbids inline styles, so hues come in steps of five."""
    return f"hue-{round(int(hue) / HUE_STEP) * HUE_STEP % 360}"
