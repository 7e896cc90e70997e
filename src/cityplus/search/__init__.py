"""Finding: one index of what is public, in every language, with two engines below one interface.

Words: a **kind** is what can be found (city, route, stop); its **source** says which items there are and whether a visitor
may see one; an **item** has **names** (its own and others), other words, a place and a size. A **term** is a word of a
query; it has **forms**, beginnings and **slips** (typing mistakes) are other words that may stand for it. A **hit** is an
item with what it scored. Enter by :func:`find`, :func:`suggest` and :func:`fitting`; plug in by ``search.index.plug``.
"""

from cityplus.search.asking import QueryError
from cityplus.search.finding import Results, find
from cityplus.search.suggesting import Suggestion, suggest
from cityplus.search.whole import fitting

__all__ = ["QueryError", "Results", "Suggestion", "find", "fitting", "suggest"]
