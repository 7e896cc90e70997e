"""The door of the views: ``POST /live/views/`` with a token, or ``GET /live/views/<token>.gif`` for pages without a script."""

from __future__ import annotations

import time
from base64 import b64decode

from django.conf import settings

from cityplus import live
from cityplus.lib.clients import client_address, network_of
from cityplus.pulse import rule, tokens
from cityplus.pulse.writer import Away, Beacon, Full, writer

GIF = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
"""A transparent picture of one pixel."""
_COUNTED = live.Answer(204)
_PICTURE = live.Answer(200, GIF, "image/gif")
_NO_PAGE = live.Answer(404, b"A view is told to /live/views/, with the token of the page as the body.")


@live.answer("views", "POST", "GET", "HEAD", limit=tokens.LIMIT, close=writer.close)
async def views(asked: live.Asked) -> live.Answer:
    """Count one page seen by one person. The answer says yes after the transaction that holds the view is durable; what is
    understood but is no view by the rule gets the same answer."""
    done = _COUNTED if asked.method == "POST" else _PICTURE
    if (asked.rest != "") == (done is _COUNTED):
        return _NO_PAGE
    token = asked.body.decode("latin-1").strip() if done is _COUNTED else asked.rest.removesuffix(".gif")
    try:
        page = tokens.read(token, time.time())
    except tokens.TokenError as error:
        return live.Answer(400, str(error).encode())
    if rule.why_not(asked.method, asked.headers):
        return done
    return await _kept(asked, page) or done


async def _kept(asked: live.Asked, page: tokens.Page) -> live.Answer | None:
    """Have the view counted; an answer only when it was not."""
    address = client_address(asked.peer, asked.header("x-forwarded-for"), settings.CITYPLUS.proxies)
    try:
        await writer.keep(Beacon(page, network_of(address), rule.agent_of(asked.headers)))
    except Full:
        return _later("There is much to count just now. Try again soon.", 2)
    except Away:
        return _later("The view could not be kept. Try again soon.", 5)
    return None


def _later(sentence: str, seconds: int) -> live.Answer:
    return live.Answer(503, sentence.encode(), headers=((b"retry-after", str(seconds).encode()),))
