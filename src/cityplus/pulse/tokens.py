"""Tokens: what page was served, signed, so that no beacon can name a page that was not.

``1.489123.en.stop.stop:9.route:4.city:2.country:NL.<signature>``: version, the hour it was made (since 1970), the page's
language, its name, its subjects. Everybody may read it; nobody else can make one. The hour and not the minute, so that a page
that has not changed keeps its ETag.
"""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.conf import settings
from django.utils.crypto import salted_hmac

from cityplus.pulse import rule
from cityplus.pulse.subjects import NETWORK, Subject

VERSION = "1"
LIMIT = 500
"""Characters that a token has at most."""
_HOUR = 3600
_LIFE = int(rule.SHOWN.total_seconds()) // _HOUR
_WORD = re.compile(r"[A-Za-z0-9-]+(:[A-Za-z0-9-]+)?")


class TokenError(ValueError):
    """A token that is not one of ours, or has expired; the message is a sentence for whoever sent it."""


@dataclass(frozen=True)
class Page:
    """A page that was served: its name, its language, and what it is about, the page's own subject first."""

    name: str
    language: str
    subjects: tuple[Subject, ...]
    hour: int

    @cached_property
    def own(self) -> str:
        """The key of the page itself: of its first subject, or of its name where it has none."""
        return self.counted[0].key

    @cached_property
    def counted(self) -> tuple[Subject, ...]:
        """Everything that a view of this page counts for, once each (two cities may share a country), its own subject first."""
        return tuple(dict.fromkeys((*self.subjects, Subject("page", self.name), NETWORK)))


def sign(name: str, language: str, subjects: Sequence[Subject], now: float) -> str:
    """The token of a page that is made now (seconds since 1970).

    Raises:
        ValueError: a name or a subject has characters that a token cannot carry.
    """
    words = [VERSION, str(int(now) // _HOUR), language, name, *(subject.key for subject in subjects)]
    if wrong := [word for word in words if not _WORD.fullmatch(word)]:
        raise ValueError(f"“{wrong[0]}” cannot stand in a token: letters, digits, hyphens and one colon can")
    payload = ".".join(words)
    return f"{payload}.{_signature(payload)}"


def read(token: str, now: float) -> Page:
    """The page that a token names.

    Raises:
        TokenError: it is not one of ours, or has expired, or is of a time to come.
    """
    page = _verified(token, settings.SECRET_KEY) if len(token) <= LIMIT else None
    if page is None:
        raise TokenError("This token is not one of ours.")
    age = int(now) // _HOUR - page.hour
    if not -1 <= age <= _LIFE:  # one hour ahead: clocks of two servers differ at the turn of an hour
        raise TokenError("This token has expired. Load the page again.")
    return page


@lru_cache(maxsize=8192)
def _verified(token: str, secret: str) -> Page | None:
    """The page, or nothing when the signature is wrong. Kept pages share their tokens, so most are known already."""
    del secret  # it is here so that what was verified with another key is not found
    payload, _, signature = token.rpartition(".")
    if not token.isascii() or not hmac.compare_digest(signature, _signature(payload)):
        return None
    version, hour, language, name, *subjects = payload.split(".")
    if version != VERSION:
        return None
    return Page(name, language, tuple(map(Subject.parse, subjects)), int(hour))


def _signature(payload: str) -> str:
    digest = hmac.digest(_key(settings.SECRET_KEY), payload.encode(), "sha256")
    return urlsafe_b64encode(digest[:18]).decode()  # 144 bits, which need no padding


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return salted_hmac("cityplus.pulse.tokens", "key", secret=secret, algorithm="sha256").digest()
