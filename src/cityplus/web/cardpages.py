"""Cards over HTTP: drawn once, kept in the data folder, and named by what is to be seen on them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from PIL import Image

from cityplus.web.addresses import absolute
from cityplus.web.cards import DESIGN, Card, draw

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
    kept = _folder(request.path) / f"{name}.jpg"
    if kept.exists():
        return _headed(HttpResponse(kept.read_bytes(), content_type="image/jpeg"), request, name)
    image = picture() if card.picture else None
    body = draw(card, image)
    if card.picture and image is None:
        return _headed(HttpResponse(body, content_type="image/jpeg"), request)
    with contextlib.suppress(OSError):  # on a full disk a card is drawn each time
        _keep(kept, body)
    return _headed(HttpResponse(body, content_type="image/jpeg"), request, name)


def _headed(response: HttpResponse, request: HttpRequest, name: str = "") -> HttpResponse:
    who = "private" if request.user.is_authenticated else "public"
    response.headers["Cache-Control"] = f"{who}, max-age={DAY}" if name else "no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # made to be shown elsewhere
    if name:
        response.headers["ETag"] = f'"{name}"'
    return response


def _folder(path: str) -> Path:
    """Where the cards of one address are kept, one file for each look it has had since the last one was kept."""
    return Path(settings.CITYPLUS.data) / "cards" / path.strip("/")


def _keep(kept: Path, body: bytes) -> None:
    """Write the card in one step, so that nobody reads half of it; the looks it had before go."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    before = [path for path in kept.parent.iterdir() if path.is_file()]
    descriptor, unfinished = tempfile.mkstemp(dir=kept.parent, suffix=".part")
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
    Path(unfinished).replace(kept)
    for path in before:
        path.unlink(missing_ok=True)
