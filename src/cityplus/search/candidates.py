"""From a question to the items that may answer it: asked of the engine in steps, each wider, until there are some.

First the names: each term as it is, or as the beginning of a word. When that gives few, all texts. When that gives next to
nothing, typing mistakes too. Every step is bounded, so a search costs the same in a small network and in a large one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cityplus.lib.geo import Point, distance
from cityplus.search import index, vocabulary
from cityplus.search.engines import Groups, engine, first
from cityplus.search.index import Kind
from cityplus.search.items import Found, ranks_of_kind
from cityplus.search.places import GRIDS, around
from cityplus.search.words import Term

MOST = 200
"""Items of a kind that are ranked: the weightiest that fit."""

FEW, NONE = 20, 3
"""Below the first, other texts than names are searched; below the second, typing mistakes are forgiven."""

ENOUGH_NEAR = 20
"""Items within reach, so that no wider circle is looked at."""


class Widening:
    """The candidates of one kind. ``slips`` are the words that mistyped terms may stand for, once they were needed."""

    def __init__(self, kind: Kind, terms: Sequence[Term], near: Point | None = None, most: int = MOST) -> None:
        self.kind, self.terms, self.near, self.most = kind, terms, near, most
        self.place = list(index.kinds()).index(kind.name)

    def plain(self, *, texts: bool = True) -> list[Found]:
        """By the words as they were typed, or as beginnings; in all texts when the names give few."""
        return self._steps(self._groups({}), texts=texts)

    def forgiving(self, slips: Mapping[str, Mapping[str, int]], *, texts: bool = True) -> list[Found]:
        """The same with the words that each term (by its text) may have been meant as."""
        return self._steps(self._groups(slips), texts=texts)

    def _groups(self, slips: Mapping[str, Mapping[str, int]]) -> list[set[str]]:
        groups = []
        for term in self.terms:
            group = {*term.forms, *slips.get(term.text, ())}
            if term.open:
                for form in term.forms:
                    group.update(vocabulary.beginnings(self.kind.order, form))
            groups.append(group)
        return groups

    def _steps(self, groups: list[set[str]], *, texts: bool) -> list[Found]:
        if self.near:
            return self._nearest(groups, self.near)
        ranks = self._by_names_then_texts(groups) if texts else self._find("search_title", groups)
        return index.fetch(ranks)

    def _by_names_then_texts(self, groups: list[set[str]]) -> list[int]:
        """By names; when they give few, by all texts. Texts hold the names, so several words are asked of the texts first:
        where these give few, and several words together mostly do, there is no second question."""
        by_texts = self._find("search_text", groups) if len(groups) > 1 else None
        if by_texts is not None and len(by_texts) < FEW:
            return by_texts
        by_names = self._find("search_title", groups)
        if len(by_names) >= FEW:
            return by_names
        by_texts = self._find("search_text", groups) if by_texts is None else by_texts
        return list(dict.fromkeys([*by_names, *by_texts]))

    def _nearest(self, groups: list[set[str]], near: Point) -> list[Found]:
        """What fits and is within reach, on ever wider grids until there is enough; at last from anywhere."""
        table = "search_text" if self.terms else "search_title"
        found: list[Found] = []
        for grid in range(len(GRIDS)):
            cells, reach = around(near, grid)
            ranks = self._find(table, [*groups, cells])
            if len(ranks) < ENOUGH_NEAR and grid < len(GRIDS) - 1:
                continue
            found = index.fetch(ranks)
            if sum(1 for item in found if item.point and distance(near, item.point) <= reach) >= ENOUGH_NEAR:
                return found
        anywhere = (
            self._find("search_text", groups) if self.terms else first(*ranks_of_kind(self.kind.order), self.most)
        )
        present = {item.rank for item in found}
        farther = index.fetch([rank for rank in anywhere if rank not in present])
        return found + [item for item in farther if item.point]

    def _find(self, table: str, groups: Groups) -> list[int]:
        return engine().find(table, groups, self.most, self.kind.order)
