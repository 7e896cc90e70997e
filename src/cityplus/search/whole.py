"""All that fits a question, as a part of a query: for lists that are filtered by words, and ordered by something else."""

from __future__ import annotations

from django.db.models.expressions import RawSQL

from cityplus.search import index, vocabulary
from cityplus.search.asking import QueryError, check_words
from cityplus.search.candidates import NONE, Widening
from cityplus.search.engines import Groups, engine
from cityplus.search.items import IDS
from cityplus.search.words import terms


def fitting(q: str, kind: str) -> RawSQL | None:
    """The keys of all things of a kind that have these words in their names or texts, for ``pk__in``; None where nothing can fit.

    It knows no bound: the database makes one question of it and of whatever else is asked for. Nothing is ranked. Typing mistakes are
    forgiven where next to nothing has the words as they are.

    Raises:
        QueryError: the question is too long, or the kind is not known.
    """
    if (wanted := index.kinds().get(kind)) is None:
        raise QueryError(f"“{kind}” cannot be searched for; there are {', '.join(index.kinds())}")
    asked = terms(check_words(q))
    widening = Widening(wanted, asked)
    groups = widening.groups({})
    if asked and len(engine().find("search_text", groups, NONE, wanted.order)) < NONE:
        groups = widening.groups(vocabulary.mistyped([wanted.order], asked))
    return _keys(groups, wanted.order)


def _keys(groups: Groups, order: int) -> RawSQL | None:
    if not groups or not all(groups):
        return None
    sql, values = engine().asking("search_text", groups, order)
    last = IDS - 1  # a rank ends with this number less the key
    return RawSQL(f"SELECT %s - (number & %s) FROM ({sql}) AS fitting", (last, last, *values))  # noqa: S611 - no word of a question is in it
