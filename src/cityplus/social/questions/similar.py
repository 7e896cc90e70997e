"""Questions that were asked before and are answered: shown to who is about to ask the same."""

from __future__ import annotations

from collections import Counter
from math import log

from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.search.words import index_tokens
from cityplus.social.models.question import Question
from cityplus.social.speakers.reader import Reader

LOOKED_AT = 300
"""The newest answered questions of a city; older ones are found by searching."""
SHOWN = 3
_READ = 600
"""Characters of a version: what is asked stands at the beginning."""
_ENOUGH = 0.3
"""Of the weight of the words of a question, how much another one must have in common with it."""


def similar(city: City, words: str, reader: Reader) -> list[Question]:
    """The answered questions most like these words, the likest first; in whatever language, where they have a version in it."""
    asked = index_tokens(words[:_READ])
    if not asked:
        return []
    known = Question.objects.visible_to(reader).filter(city=city, state__in=["answered", "closed"])
    found = known.exclude(answered_at=None, helped=None).select_related("post__author", "helped__post__author")
    candidates = [(question, _tokens(question.post.text)) for question in found.order_by("-pk")[:LOOKED_AT]]
    often = Counter(token for _question, tokens in candidates for token in tokens)
    weight = {token: log(1 + (1 + len(candidates)) / (1 + often[token])) for token in asked}
    whole = sum(weight.values())
    scored = [(sum(weight[token] for token in asked & tokens) / whole, question) for question, tokens in candidates]
    likest = sorted(scored, key=lambda one: (-one[0], one[1].helped_id is None, -one[1].pk))
    return [question for score, question in likest[:SHOWN] if score >= _ENOUGH]


def _tokens(text: Text) -> set[str]:
    return set().union(*(index_tokens(version.text[:_READ]) for version in text.versions.values()))
