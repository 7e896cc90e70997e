"""Structured data for search engines: JSON-LD in the page, written so that no text of ours or others can end the script."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from cityplus.web.addresses import absolute

CONTEXT = "https://schema.org"
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
_SCRIPT = '<script type="application/ld+json">{}</script>'

Thing = dict[str, Any]


def json_ld(thing: Mapping[str, Any]) -> SafeString:
    """The script element that holds this thing. Properties without a value are left out."""
    text = json.dumps({"@context": CONTEXT, **filled(thing)}, ensure_ascii=False, separators=(",", ":")).translate(
        _ESCAPES
    )
    return mark_safe(_SCRIPT.format(text))  # noqa: S308 - escaped in the line above, as Django's json_script does


def filled(thing: Mapping[str, Any]) -> Thing:
    """The thing without empty properties, all the way down."""
    return {key: _value(value) for key, value in thing.items() if value not in (None, "", [], {})}


def page(path: str, name: str, tag: str, entity: Thing, way: Iterable[tuple[str, str]] = ()) -> Thing:
    """A page in one language about one thing. ``way`` leads to it from the root, as ``(name, path)``, the page itself included."""
    steps = [
        {"@type": "ListItem", "position": position, "name": step, "item": absolute(where)}
        for position, (step, where) in enumerate(way, 1)
    ]
    return {
        "@type": "WebPage",
        "url": absolute(path),
        "name": name,
        "inLanguage": tag,
        "breadcrumb": {"@type": "BreadcrumbList", "itemListElement": steps} if steps else None,
        "mainEntity": entity,
    }


def geo(lat: float, lon: float) -> Thing:
    return {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return filled(value)
    return [_value(item) for item in value] if isinstance(value, list | tuple) else value
