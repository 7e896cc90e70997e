"""As whom somebody reads and acts: themselves, or a city for which they may speak."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from cityplus.actors.models import Actor
from cityplus.social.speakers import voices
from cityplus.social.speakers.reader import NOBODY, Reader

_KEPT = "voice"


def acting(request: HttpRequest) -> tuple[Reader, Actor | None]:
    """Who reads, and the actor as whom they act: the one that the field or parameter ``as`` names, which their session keeps from then
    on, else the one that it keeps, else their own. None for who is not signed in, or has no actor.

    Raises:
        Http404: ``as`` names somebody for whom they may not speak.
    """
    found = voices.of(request.user)
    if not found:
        return NOBODY, None
    by_handle = {actor.handle: actor for actor in found}
    asked = request.POST.get("as") or request.GET.get("as")
    if asked is not None and asked not in by_handle:
        raise Http404(f"there is no voice {asked[:61]}")
    actor = by_handle.get(asked or request.session.get(_KEPT, "")) or found[0]
    if asked and request.session.get(_KEPT) != asked:
        request.session[_KEPT] = asked
    return Reader(actor.pk, frozenset(a.pk for a in found), request.user.get_username()), actor
