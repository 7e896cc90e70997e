"""Tags of notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.notifications import bell

register = template.Library()


@register.inclusion_tag("notifications/bell.html", takes_context=True)
def notice_bell(context: dict[str, Any]) -> dict[str, Any]:
    """The bell for who is signed in; nobody else gets anything."""
    user = getattr(context.get("request"), "user", None)
    if not user or not user.is_authenticated:
        return {"person": None}
    return {"person": user, "bell": bell.of(user)}


@register.simple_tag
def moment(at: datetime, zone: str) -> str:
    """Day and time by the clocks of a zone, with its distance from UTC."""
    return formats.moment(at, zone, reader_tag())
