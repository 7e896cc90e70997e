"""A socket: a room above plugs in the page of a kind of actor from ``apps.ready()``."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from cityplus.actors.models import Actor

Page = Callable[[HttpRequest, str], HttpResponse]
_pages: dict[str, Page] = {}


def plug(kind: Actor.Kind, page: Page) -> None:
    """``page(request, handle)`` answers for actors of this kind, and with 404 for those that the visitor may not know of."""
    _pages[kind] = page


def page(request: HttpRequest, handle: str) -> HttpResponse:
    """The page of whoever has this handle."""
    kind = get_object_or_404(Actor.objects.there(), handle=handle).kind
    if kind not in _pages:
        raise Http404
    return _pages[kind](request, handle)
