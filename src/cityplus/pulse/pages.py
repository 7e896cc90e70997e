"""How a page says what it is, and the beacon at its foot."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cityplus.languages.tags import reader_tag
from cityplus.pulse import tokens
from cityplus.pulse.subjects import Subject

DOOR = "/live/views/"
_MARK = "_cityplus_pulse"

View = Callable[..., HttpResponse]


def counts(request: HttpRequest, name: str, *subjects: Subject) -> None:
    """Have the page that answers this request counted, as a page of this name and about these things, its own first.

    For public pages only: what a team sees before others is not counted.
    """
    setattr(request, _MARK, (name, subjects))


def counted(name: str) -> Callable[[View], View]:
    """Have the pages of a view counted, as pages of this name that are about nothing smaller than the network."""

    def plug(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            counts(request, name)
            return view(request, *args, **kwargs)

        return wrapped

    return plug


def beacon(request: HttpRequest) -> SafeString | str:
    """What stands at the foot of a page that is counted: its token, the script that brings it back, and a picture that does so
    without a script."""
    marked: tuple[str, tuple[Subject, ...]] | None = getattr(request, _MARK, None)
    if marked is None:
        return ""
    token = tokens.sign(marked[0], reader_tag(), marked[1], time.time())
    return render_to_string("pulse/beacon.html", {"token": token, "door": DOOR})
