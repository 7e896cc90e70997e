"""Who could do with meeting whom: published rules, each of them a reason with its points, and nothing else in the score.

Pure and deterministic: the same profiles give the same suggestions in the same order, on every machine. docs/matching.md tells the
rules in words, with the same points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """What one says of meeting another."""

    MUST = "must"
    WANT = "want"
    NO = "no"


class Field(NamedTuple):
    """A part of the economy: a section of ISIC, or a division of it. Of a section, ``code`` and ``section`` are the same."""

    code: str
    section: str


class Rule(StrEnum):
    """Why one is suggested."""

    THEY_MUST = "they-must"
    THEY_WANT = "they-want"
    GIVES_DIVISION = "gives-division"
    GIVES_SECTION = "gives-section"
    TAKES_DIVISION = "takes-division"
    TAKES_SECTION = "takes-section"
    SAME_DIVISION = "same-division"
    SAME_SECTION = "same-section"
    LANGUAGE = "language"
    ELSEWHERE = "elsewhere"
    SIZE = "size"


POINTS: Mapping[Rule, int] = {
    Rule.THEY_MUST: 60,
    Rule.THEY_WANT: 30,
    Rule.GIVES_DIVISION: 40,
    Rule.GIVES_SECTION: 20,
    Rule.TAKES_DIVISION: 40,
    Rule.TAKES_SECTION: 20,
    Rule.SAME_DIVISION: 10,
    Rule.SAME_SECTION: 5,
    Rule.LANGUAGE: 20,
    Rule.ELSEWHERE: 10,
    Rule.SIZE: 10,
}
"""All weights there are."""

ALONE = frozenset({Rule.LANGUAGE, Rule.ELSEWHERE, Rule.SIZE})
"""Rules that make a suggestion better and are none by themselves: who shares but a language with somebody has no business yet."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Somebody who meets, or something that is offered or sought. ``key`` orders what is equal otherwise, and is unique."""

    key: str
    place: str = ""
    does: tuple[Field, ...] = ()
    offers: tuple[Field, ...] = ()
    seeks: tuple[Field, ...] = ()
    languages: tuple[str, ...] = ()
    size: str = ""
    sizes: frozenset[str] = frozenset()
    """Sizes that are looked for; none said: no matter."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that holds, and in what: a code of ISIC, a language, a size or a place."""

    rule: Rule
    of: str = ""

    @property
    def points(self) -> int:
        return POINTS[self.rule]


@dataclass(frozen=True, slots=True)
class Suggestion:
    profile: Profile
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        """The points of its reasons, together."""
        return sum(reason.points for reason in self.reasons)


def reasons(me: Profile, other: Profile, *, said: Level | None = None) -> tuple[Reason, ...]:
    """Why to meet the other, the weightiest first; ``said`` is what the other said of meeting me."""
    found: list[Reason] = []
    if said in {Level.MUST, Level.WANT}:
        found.append(Reason(Rule.THEY_MUST if said == Level.MUST else Rule.THEY_WANT))
    found += _common(me.seeks, other.offers, Rule.GIVES_DIVISION, Rule.GIVES_SECTION)
    found += _common(me.offers, other.seeks, Rule.TAKES_DIVISION, Rule.TAKES_SECTION)
    found += _common(me.does, other.does, Rule.SAME_DIVISION, Rule.SAME_SECTION)
    spoken = next((tag for tag in me.languages if _root(tag) in {_root(theirs) for theirs in other.languages}), "")
    if spoken:
        found.append(Reason(Rule.LANGUAGE, spoken))
    if me.place and other.place and me.place != other.place:
        found.append(Reason(Rule.ELSEWHERE, other.place))
    if other.size and other.size in me.sizes:
        found.append(Reason(Rule.SIZE, other.size))
    return tuple(sorted(found, key=lambda reason: -reason.points))


def suggest(
    me: Profile, others: Iterable[Profile], *, mine: Mapping[str, Level], theirs: Mapping[str, Level]
) -> list[Suggestion]:
    """Whom to meet, the best first. ``mine`` is what I said of others and ``theirs`` what they said of me, by key.

    Left out are whoever I said something of already, whoever said no, and who has nothing in common with me but a language, a size or
    being elsewhere.
    """
    found = []
    for other in others:
        if other.key == me.key or other.key in mine or theirs.get(other.key) == Level.NO:
            continue
        why = reasons(me, other, said=theirs.get(other.key))
        if any(reason.rule not in ALONE for reason in why):
            found.append(Suggestion(other, why))
    return sorted(found, key=lambda suggestion: (-suggestion.score, suggestion.profile.key))


def _common(mine: tuple[Field, ...], theirs: tuple[Field, ...], division: Rule, section: Rule) -> list[Reason]:
    """The first division that both have, else the first section: one reason, however many they share."""
    codes = {field.code for field in theirs if field.code != field.section}
    for field in mine:
        if field.code in codes:
            return [Reason(division, field.code)]
    sections = {field.section for field in theirs}
    return next(([Reason(section, field.section)] for field in mine if field.section in sections), [])


def _root(tag: str) -> str:
    """The language of a BCP 47 tag without its script and region: who reads zh-Hans can speak with who reads zh-Hant."""
    return tag.partition("-")[0].lower()
