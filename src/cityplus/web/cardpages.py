"""Cards over HTTP: drawn once, kept in the data folder, and named by what is to be seen on them."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from PIL import Image

from cityplus.web.addresses import absolute
from cityplus.web.cards import DESIGN, Card, draw
from cityplus.web.keptfiles import folder, keep

DAY = 24 * 3600


def digest(card: Card) -> str:
    """Tells two cards apart that do not look the same."""
    return hashlib.blake2b(repr((DESIGN, card)).encode(), digest_size=12).hexdigest()


def address(path: str, card: Card) -> str:
    """The public address of a card for other sites' previews; it changes with what is on the card."""
    return f"{absolute(path)}?v={digest(card)[:10]}"


def answer(request: HttpRequest, card: Card, picture: Callable[[], Image.Image | None]) -> HttpResponse:
    """The card as a response. ``picture`` is called only when the card must be drawn.

    A card whose picture is not there yet is drawn without it, and neither kept nor to be kept. What a person sees who is signed in
    may be theirs alone, so no shared cache may keep it.
    """
    name = digest(card)
    unchanged = get_conditional_response(request, etag=f'"{name}"')
    if unchanged is not None and unchanged.status_code == 304:
        return _headed(unchanged, request, name)
    kept = folder("cards", request.path) / f"{name}.jpg"
    if kept.exists():
        return _headed(HttpResponse(kept.read_bytes(), content_type="image/jpeg"), request, name)
    image = picture() if card.picture else None
    body = draw(card, image)
    if card.picture and image is None:
        return _headed(HttpResponse(body, content_type="image/jpeg"), request)
    with contextlib.suppress(OSError):  # on a full disk a card is drawn each time
        keep(kept, body)
    return _headed(HttpResponse(body, content_type="image/jpeg"), request, name)


def _headed(response: HttpResponse, request: HttpRequest, name: str = "") -> HttpResponse:
    who = "private" if request.user.is_authenticated else "public"
    response.headers["Cache-Control"] = f"{who}, max-age={DAY}" if name else "no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # made to be shown elsewhere
    if name:
        response.headers["ETag"] = f'"{name}"'
    return response
