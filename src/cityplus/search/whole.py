"""All that fits a question, as a part of a query: for lists that are filtered by words, and ordered by something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models.expressions import RawSQL

from cityplus.search import index, vocabulary
from cityplus.search.asking import QueryError, check_words
from cityplus.search.candidates import NONE
from cityplus.search.engines import Groups, engine, rows_of
from cityplus.search.items import IDS
from cityplus.search.words import Term, terms


def fitting(q: str, kind: str) -> RawSQL | None:
    """The keys of all things of a kind that have these words in their names or texts, for ``pk__in``; None where nothing can fit.

    It knows no bound: the database makes one question of it and of whatever else is asked for. Nothing is ranked. Typing mistakes are
    forgiven where next to nothing has the words as they are.

    Raises:
        QueryError: the question is too long, or the kind is not known.
    """
    if (wanted := index.kinds().get(kind)) is None:
        raise QueryError(f"“{kind}” cannot be searched for; there are {', '.join(index.kinds())}")
    if not (asked := terms(check_words(q))):
        return None
    groups = _groups(asked, {})
    if _fewer(groups, wanted.order):
        groups = _groups(asked, vocabulary.mistyped([wanted.order], asked))
    sql, values = engine().asking("search_text", groups, wanted.order)
    last = IDS - 1  # a rank ends with this number less the key
    return RawSQL(f"SELECT %s - (number & %s) FROM ({sql}) AS fitting", (last, last, *values))  # noqa: S611 - no word of a question is in it


def _groups(asked: Sequence[Term], slips: Mapping[str, Mapping[str, int]]) -> Groups:
    """For each term the tokens that stand for it; an open one stands for all that begin so."""
    return [
        {*term.forms, *(f"{form}*" for form in term.forms if term.open), *slips.get(term.text, ())} for term in asked
    ]


def _fewer(groups: Groups, order: int) -> bool:
    """Whether next to nothing fits."""
    sql, values = engine().asking("search_text", groups, order)
    return len(rows_of(f"SELECT number FROM ({sql}) AS fitting LIMIT %s", (*values, NONE))) < NONE
