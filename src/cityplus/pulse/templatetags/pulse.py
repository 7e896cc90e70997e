"""The number of views of a thing, for its own page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from cityplus.pulse import Subject, totals

register = template.Library()


@register.inclusion_tag("pulse/line.html")
def views_line(subjects: Sequence[Subject]) -> dict[str, Any]:
    """A quiet line: the views and visitors of the first of these subjects, and where one reads how they are counted."""
    return {"count": totals(subjects[0])}
