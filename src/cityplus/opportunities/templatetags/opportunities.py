"""Tags of this room: money as the reader writes it."""

from __future__ import annotations

from typing import Any

from django import template

from cityplus.opportunities.showing import public_value as said

register = template.Library()


@register.filter
def public_value(thing: Any) -> str:
    """The range of money of an opportunity or an outcome, where everybody may see it; else nothing."""
    return said(thing)
