"""A socket: what two organisations that met may do next. A room that knows of their meeting gives its word for it, signed, and rooms
beside it plug in the pages to which that leads: neither has to know the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.utils.functional import Promise

Page = Callable[[str], str]
_SALT = "organisations.encounters"
_pages: dict[str, tuple[str | Promise, Page]] = {}


@dataclass(frozen=True, slots=True)
class Met:
    """That the organisation numbered ``ours`` met the one numbered ``theirs`` on a day, by the clock of its hall; ``at`` is the page
    of what they met at, without a language."""

    ours: int
    theirs: int
    on: date
    at: str

    @property
    def word(self) -> str:
        """It as a word for an address, which nobody else can make."""
        return signing.dumps([self.ours, self.theirs, self.on.isoformat(), self.at], salt=_SALT, compress=True)

    @classmethod
    def read(cls, word: str) -> Met | None:
        """What a word says, however old; None where it is not one of ours."""
        try:
            ours, theirs, on, at = signing.loads(word, salt=_SALT)
        except signing.BadSignature:
            return None
        return cls(ours, theirs, date.fromisoformat(on), at)

    @property
    def pages(self) -> list[tuple[str, str]]:
        """What leads on from it: labels with addresses."""
        return [(str(label), page(self.word)) for label, page in _pages.values()]


def plug(name: str, label: str | Promise, page: Page) -> None:
    """``page(word)`` is the address of the page where those who deal for the first of the two go on."""
    _pages[name] = (label, page)
