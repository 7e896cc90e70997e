"""What a view is: decided here and nowhere else. Pure; the page `/pulse/counting/` tells the same from the same constants.

A **view** is one page seen by one person. It counts when a page of ours, shown on a screen, sends back the token that it was
served with. It does not count

- again within :data:`AGAIN`: a reload, a way back, another language of the same page, a beacon sent twice;
- when nobody saw it: a HEAD, or a page fetched or drawn in advance;
- when a program asked: it says so in its user agent, or has none;
- when it was sent from a page that is not ours.

A **visitor** is a person counted once a day. A person is who has the same network address (of IPv6 the same /64) and the same
user agent on one day of UTC; the day's salt makes them a number that means nothing on any other day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b

AGAIN = timedelta(minutes=30)
"""The same page seen by the same person within this time of its last view is that view."""
SHOWN = timedelta(hours=24)
"""How long after it was made a page may first be seen; then its token has expired."""
HOURS_KEPT = timedelta(days=31)
"""How long numbers by the hour are kept; numbers by the day are kept for ever."""

BOTS = (
    "bot", "crawl", "spider", "slurp", "archiver", "indexer", "scrap", "fetch", "preview", "externalhit", "monitor",
    "uptime", "pingdom", "lighthouse", "headless", "phantomjs", "validator", "feed", "curl", "wget", "python", "java/",
    "ruby", "perl", "php", "go-http", "okhttp", "httpclient", "libwww-perl", "axios", "node", "http://", "https://",
)  # fmt: skip
"""Words by which programs name themselves in their user agent, whatever the case. Cubot, which makes telephones, is none."""
AGENT = 400
"""Characters of a user agent that are looked at."""

_BOT = re.compile("(?<!cu)bot|" + "|".join(re.escape(word) for word in BOTS if word != "bot"))


class Reason(StrEnum):
    """Why a beacon that was understood is not a view."""

    UNSEEN = "it was asked for in advance, or only for its headers"
    PROGRAM = "a program asked"
    ELSEWHERE = "it was sent from a page that is not ours"


def why_not(method: str, headers: Mapping[bytes, bytes]) -> Reason | None:
    """Why this beacon is not a view; nothing when it may be one. Header names are in lower case."""
    if method == "HEAD" or _in_advance(headers):
        return Reason.UNSEEN
    if headers.get(b"sec-fetch-site", b"same-origin") not in {b"same-origin", b"none"}:
        return Reason.ELSEWHERE
    return Reason.PROGRAM if is_program(agent_of(headers)) else None


def _in_advance(headers: Mapping[bytes, bytes]) -> bool:
    for name in (b"sec-purpose", b"purpose", b"x-purpose", b"x-moz"):
        if (said := headers.get(name)) and re.search(rb"prefetch|prerender|preview", said.lower()):
            return True
    return False


def agent_of(headers: Mapping[bytes, bytes]) -> str:
    return headers.get(b"user-agent", b"").decode("latin-1").strip()[:AGENT]


@lru_cache(maxsize=4096)
def is_program(agent: str) -> bool:
    """Whether a user agent is that of a program that nobody looks at."""
    return not agent or _BOT.search(agent.lower()) is not None


def visitor(salt: bytes, network: str, agent: str) -> int:
    """The person as a number of 64 bits (signed) that cannot be turned back, nor linked with that of a day with another salt."""
    digest = blake2b(f"{network}\n{agent}".encode(), key=salt, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
