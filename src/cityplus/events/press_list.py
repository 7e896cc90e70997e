"""Who wrote of an event: a list of addresses with words, as lines."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cityplus.events.errors import EventError
from cityplus.lib import signs

MOST = 60


def as_lines(press: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"{address} {words}".strip() for address, words in press)


def read(lines: str) -> list[list[str]]:
    """Pairs of an address and words.

    Raises:
        EventError: a line does not begin with an address; the message names it.
    """
    found = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        address, _space, words = line.partition(" ")
        if not signs.is_page(address):
            raise EventError(_("“%(line)s” does not begin with an address such as https://…") % {"line": line[:60]})
        found.append([address[:500], words.strip()[:300]])
    if len(found) > MOST:
        raise EventError(_("The list has at most %(most)s lines.") % {"most": MOST})
    return found
