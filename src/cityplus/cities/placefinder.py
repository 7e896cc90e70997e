"""Finding a place of the gazetteer by any of its names, as somebody types.

The names of all places, folded as search folds them, stand in one string of bytes, the largest place first, so that looking for
what begins a name is one pass of ``bytes.find``, and the first places that are found are the largest. It is made when somebody first
asks (1.4 s, and 100 MB for that moment), is 13 MB large from then on whatever is asked, and answers in 2 to 11 ms: measured on a
busy machine of two cores, for 18 questions of 1 to 30 letters in five scripts, with and without an answer.
"""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock

from cityplus.cities import gazetteer
from cityplus.cities.gazetteer import Entry, Place
from cityplus.search.words import fold

MOST = 20
LONGEST = 80
_ASKED = ("geonameid", "name", "latitude", "longitude", "countrycode", "population", "timezone", "alternatenames")
_lock = Lock()


class Index:
    """``names`` holds a tab before and behind each name, and a line for each place that begins with the name it goes by;
    ``entries`` a line of JSON for each."""

    def __init__(self, entries: list[Entry]) -> None:
        entries = sorted(entries, key=lambda entry: (-entry["population"], int(entry["geonameid"])))
        lines = "\n".join("\t".join(dict.fromkeys([entry["name"], *entry["alternatenames"]])) for entry in entries)
        self.names = b"\n\t" + _plain(lines).encode().replace(b"\n", b"\t\n\t") + b"\t\n"
        self.starts = _starts(self.names[1:])
        self.entries = b"".join(
            json.dumps([entry[key] for key in _ASKED], ensure_ascii=False).encode() + b"\n" for entry in entries
        )
        self.entry_starts = _starts(self.entries)
        numbers = array("Q", (int(entry["geonameid"]) for entry in entries))
        self.numbers = array("I", sorted(range(len(numbers)), key=numbers.__getitem__))
        self.sorted_numbers = array("Q", (numbers[line] for line in self.numbers))

    def entry(self, line: int) -> Entry:
        start = self.entry_starts[line]
        end = self.entries.index(b"\n", start)
        return dict(zip(_ASKED, json.loads(self.entries[start:end]), strict=True))

    def line_of(self, number: int) -> int | None:
        at = bisect_right(self.sorted_numbers, number) - 1
        return self.numbers[at] if at >= 0 and self.sorted_numbers[at] == number else None

    def lines(self, sought: bytes) -> Iterator[int]:
        """The lines that hold these bytes, each once, in order."""
        at = self.names.find(sought)
        while at >= 0:
            within = at + len(sought) - 1  # what is sought may begin with the end of the line before
            yield bisect_right(self.starts, within - 1) - 1
            at = self.names.find(sought, self.names.index(b"\n", within))


def find(asked: str, country: str = "", most: int = MOST) -> list[Place]:
    """Places that go by this name, then those that have it among others, then those with a name that begins so, then those with a
    word that begins so; the largest first. ``country`` is an ISO code. Nothing for a question without a letter."""
    sought = _plain(" ".join(asked[:LONGEST].split())).strip().encode()
    if not sought:
        return []
    index = _index()
    found: dict[int, Entry] = {}
    for pattern in (b"\n\t" + sought + b"\t", b"\t" + sought + b"\t", b"\n\t" + sought, b"\t" + sought, b" " + sought):
        for line in index.lines(pattern):
            if line not in found:
                entry = index.entry(line)
                if not country or entry["countrycode"] == country:
                    found[line] = entry
            if len(found) >= most:
                break
        if len(found) >= most:
            break
    return [Place.of(entry) for entry in found.values()]


def known() -> int:
    """How many places there are."""
    return len(_index().numbers)


def place(number: int) -> Place | None:
    """The place with this id of GeoNames, with its names in every language in which they can be told."""
    index = _index()
    line = index.line_of(number)
    return None if line is None else Place.of(index.entry(line), others=True)


def _index() -> Index:
    with _lock:  # of those who ask first at the same moment one makes it
        return _made()


@lru_cache(maxsize=1)
def _made() -> Index:
    return Index(gazetteer.entries())


def _plain(text: str) -> str:
    """Folded, and with a space for everything that is no letter, digit, tab or end of a line."""
    return re.sub(r"[^\w\t\n]+", " ", fold(text.replace("_", " ")))


def _starts(lines: bytes) -> array[int]:
    """Where each line begins."""
    starts, at = array("I", [0]), lines.find(b"\n")
    while 0 <= at < len(lines) - 1:
        starts.append(at + 1)
        at = lines.find(b"\n", at + 1)
    return starts
