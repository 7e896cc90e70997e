"""What can be found, as plain values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2

from django.urls import reverse

from cityplus.languages.text import Text
from cityplus.lib.geo import Point
from cityplus.search.places import cells
from cityplus.search.words import index_tokens, tokens

MOST_WORDS = 20_000
"""Characters of an item's other words that are indexed; what is longer is found by its beginning."""

NO_LANGUAGE = "und"
"""The tag of a name in no language, such as a handle: it is found by, but never shown."""

ORDERS, WEIGHTS, IDS = 1 << 6, 1 << 14, 1 << 43


@dataclass(frozen=True, slots=True)
class Name:
    """One version of a name with its tokens, divided by blanks; ``own`` when it is in the language of the thing itself."""

    language: str
    text: str
    tokens: str
    own: bool


@dataclass(frozen=True)
class Item:
    """One thing that everybody may see.

    ``handle`` is the city it belongs to, ``parent`` what it hangs on (a stop on its route), 0 for none. ``words`` are all
    other texts by which it may be found. ``size`` decides among equals: a population, a number of readers.
    ``more_names`` are found like the title, but are never its own name.
    """

    object_id: int
    handle: str
    url_name: str
    url_args: tuple[str | int, ...]
    title: Text
    words: Sequence[Text | str] = ()
    point: Point | None = None
    size: int = 0
    parent: int = 0
    more_names: Sequence[Text] = ()

    @cached_property
    def names(self) -> list[Name]:
        """Every different version of its names, its own language first."""
        found: dict[str, Name] = {}
        for text in (self.title, *self.more_names):
            for tag in text.languages:
                words = text.versions[tag].text
                own = text is self.title and tag == text.original
                found.setdefault(words, Name(tag, words, " ".join(tokens(words)), own))
        return list(found.values())

    @cached_property
    def title_tokens(self) -> frozenset[str]:
        """What its names are found by, without its place."""
        return frozenset(token for name in self.names for token in index_tokens(name.text))

    def by_title(self) -> set[str]:
        """The tokens of its names and its place."""
        return {*self.title_tokens, *self._cells}

    def by_text(self) -> set[str]:
        """The tokens of all its words, names included, and its place."""
        rest = MOST_WORDS
        found = self.by_title()
        for text in _versions(self.words):
            found |= index_tokens(text[:rest])
            rest -= min(rest, len(text))
        return found

    @cached_property
    def _cells(self) -> set[str]:
        return cells(self.point) if self.point else set()

    @property
    def weight(self) -> int:
        """The size on a scale of doublings, 0 to 16383."""
        return min(WEIGHTS - 1, int(log2(1 + max(0, self.size)) * 512))

    @cached_property
    def names_json(self) -> str:
        packed = [[name.language, name.text, name.tokens, int(name.own)] for name in self.names]
        return json.dumps(packed, ensure_ascii=False, separators=(",", ":"))

    def digest(self) -> int:
        """Changes when anything does that is indexed."""
        parts = [self.names_json, *_versions(self.words), repr((self.point, self.size, self.url_args, self.parent))]
        return int.from_bytes(hashlib.blake2b("\0".join(parts).encode(), digest_size=7).digest())


def _versions(texts: Iterable[Text | str]) -> list[str]:
    found: list[str] = []
    for text in texts:
        found += [version.text for version in text.versions.values()] if isinstance(text, Text) else [text]
    return found


def rank_of(order: int, weight: int, object_id: int) -> int:
    """The number under which an item stands in the index: the greater, the sooner it is looked at. By kind, then by weight,
    then the older one first, so that the best of many matches are also the first that an engine comes to.

    Raises:
        ValueError: an id of 2^43 or more does not fit.
    """
    if not 0 < object_id < IDS:
        raise ValueError(f"search takes ids from 1 to {IDS - 1}, and {object_id} is none")
    return ((ORDERS - 1 - order) * WEIGHTS + weight) * IDS + IDS - 1 - object_id


def ranks_of_kind(order: int) -> tuple[int, int]:
    """The least and the greatest rank of a kind."""
    low = (ORDERS - 1 - order) * WEIGHTS * IDS
    return low, low + WEIGHTS * IDS - 1


def order_of(rank: int) -> int:
    """The place of the kind among the kinds."""
    return ORDERS - 1 - rank // (WEIGHTS * IDS)


def weight_of(rank: int) -> int:
    return rank // IDS % WEIGHTS


@dataclass(frozen=True, slots=True)
class Found:
    """An item as the index gives it back."""

    rank: int
    kind: str
    object_id: int
    handle: str
    url_name: str
    url_args: tuple[str | int, ...]
    names: tuple[Name, ...]
    point: Point | None

    @property
    def weight(self) -> int:
        return weight_of(self.rank)

    @property
    def own_name(self) -> Name:
        return next((name for name in self.names if name.own), self.names[0])

    def name_for(self, language: str) -> Name:
        """The name for a reader: in their language, a near relative, English, else its own."""
        base = language.partition("-")[0]
        best = (
            *(name for name in self.names if name.language == language),
            *(name for name in self.names if name.language.partition("-")[0] == base),
            *(name for name in self.names if name.language == "en"),
            self.own_name,
        )
        return best[0]

    def get_absolute_url(self) -> str:
        """Its page in the language of the page in hand."""
        return reverse(self.url_name, args=self.url_args)
