"""A socket: rooms above plug parts of the account page in from ``apps.ready()``."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

Section = Callable[[HttpRequest], SafeString]
_sections: dict[str, Section] = {}


def plug(name: str, section: Section) -> None:
    """``section(request)`` returns rendered HTML, empty when it has nothing to say."""
    _sections[name] = section


def for_person(request: HttpRequest) -> list[SafeString]:
    return [html for section in _sections.values() if (html := section(request))]
