from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cityplus.events.models import Event


def find(request: HttpRequest, handle: str, slug: str) -> Event:
    """An event that this visitor may see, with all that its card shows.

    Raises:
        Http404: there is none, or they may not.
    """
    return get_object_or_404(Event.objects.visible_to(request.user).for_cards().at(handle, slug))
