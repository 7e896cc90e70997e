"""The programme as lines: ``10:00 Welcome``, the same number of lines in every language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time

from django.utils.translation import gettext as _

from cityplus.ceremonies.models import Item
from cityplus.languages.tags import name_of, reader_tag
from cityplus.languages.text import Text, Version

_TIME = re.compile(r"(\d{1,2})[:.](\d{2})\s+")
MOST = 60


def as_lines(items: Sequence[Item]) -> Text:
    """The programme as one text, a point a line."""
    tags = list(dict.fromkeys(tag for item in items for tag in item.words.languages))
    versions = {}
    for tag in tags:
        lines = [_line(item, tag) for item in items]
        state = next(item.words.versions[tag].state for item in items if tag in item.words.versions)
        versions[tag] = Version("\n".join(lines), state)
    return Text(tags[0], versions) if tags else Text()


def _line(item: Item, tag: str) -> str:
    words = item.words.versions[tag].text if tag in item.words.versions else "–"
    return f"{item.at:%H:%M} {words}" if item.at else words


def read(lines: Text) -> list[tuple[time | None, Text]]:
    """The points of a programme; the original's times hold.

    Raises:
        ValueError: a language has another number of lines, or a time is none; the message is a sentence.
    """
    cut = {
        tag: [line.strip() for line in version.text.splitlines() if line.strip()]
        for tag, version in lines.versions.items()
    }
    points = cut.get(lines.original, [])
    if len(points) > MOST:
        raise ValueError(_("A programme has at most %(most)s points.") % {"most": MOST})
    for tag, found in cut.items():
        if len(found) != len(points):
            reader = reader_tag()
            names = {"tag": name_of(tag, reader), "original": name_of(lines.original, reader)}
            known = names | {"found": len(found), "wanted": len(points)}
            raise ValueError(
                _(
                    "The programme has %(wanted)s lines in %(original)s and %(found)s in %(tag)s: give a line for each point."
                )
                % known
            )
    return [_point(number, cut, lines) for number in range(len(points))]


def _point(number: int, cut: dict[str, list[str]], lines: Text) -> tuple[time | None, Text]:
    at, versions = None, {}
    for tag, found in cut.items():
        line = found[number]
        head = _TIME.match(line)
        if head and tag == lines.original:
            try:
                at = time(int(head[1]), int(head[2]))
            except ValueError:
                raise ValueError(_("“%(time)s” is no time of day such as 10:30.") % {"time": head[0].strip()}) from None
        words = line[head.end() :] if head else line
        if words != "–":
            state = lines.versions[tag].state
            versions[tag] = Version(words, state)
    return at, Text(lines.original, versions) if lines.original in versions else Text()
