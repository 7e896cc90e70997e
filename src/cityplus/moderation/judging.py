"""Whether a writing may be published: one pure function over plain values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext, ngettext

from cityplus.moderation import domains, folding

Answer = Literal["pass", "refuse", "hold"]
_LINK = re.compile(r"(?:https?:|www\.)[^\s<>\"'“”「」]+", re.IGNORECASE)
_HOST = re.compile(r"(?<![\w.-])[\w-]{1,63}(?:[.。][\w-]{1,63})+")
"""Whatever might be a domain, also without a scheme and with the full stop of Chinese; most of it is none, and found in no list."""


@dataclass(frozen=True, slots=True)
class Word:
    folded: str
    language: str = ""
    action: str = "hold"


@dataclass(frozen=True, slots=True)
class Domain:
    """``name`` is canonical."""

    name: str
    action: str = "hold"


@dataclass(frozen=True, slots=True)
class Newcomers:
    """What accounts younger than ``days`` days, or with fewer than ``posts`` approved posts, may do."""

    days: int = 7
    posts: int = 3
    links: int = 2
    per_hour: int = 10
    hold_first: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    words: tuple[Word, ...] = ()
    domains: tuple[Domain, ...] = ()
    newcomers: Newcomers = Newcomers()


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody wants to publish, and who.

    ``texts`` holds plain words by the language that they are written in, among them content notes, choices of a poll and texts for
    pictures; ``links`` addresses that do not stand in the words. ``trusted``: a city, or somebody of the office, for whom the rules
    for newcomers do not hold. ``posts`` counts those that were published; ``last_hour`` those of the last hour, of whatever fate.
    """

    texts: Mapping[str, str]
    links: tuple[str, ...] = ()
    trusted: bool = False
    days: float = 10_000
    posts: int = 10_000
    last_hour: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """``words`` is a sentence: why it is refused, for its author; or why it is held, for the officer. Empty when it passes."""

    answer: Answer
    words: str = ""

    @property
    def passes(self) -> bool:
        return self.answer == "pass"


PASS = Verdict("pass")


@dataclass(slots=True)
class _Found:
    refused: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)

    def note(self, action: str, for_author: str, for_officer: str) -> None:
        if action == "refuse":
            self.refused.append(for_author)
        else:
            self.held.append(for_officer)


def judge(writing: Writing, filters: Filters) -> Verdict:
    """What is refused is refused, whatever else would hold it. The sentences are in the language of the page."""
    found = _Found()
    _look_for_words(writing, filters, found)
    _look_for_domains(writing, filters, found)
    _look_at_newcomer(writing, filters.newcomers, found)
    if found.refused:
        return Verdict("refuse", found.refused[0])
    return Verdict("hold", "; ".join(dict.fromkeys(found.held))) if found.held else PASS


def links_of(writing: Writing) -> list[str]:
    """Every link of a writing, once."""
    text = folding.fold("\n".join(writing.texts.values()))
    return list(dict.fromkeys([*writing.links, *_LINK.findall(text)]))


def hosts_of(writing: Writing) -> list[str]:
    """Every domain in a writing in its one form, once: of its links, and of whatever in its words looks like one."""
    text = folding.fold("\n".join(writing.texts.values()))
    named = [*writing.links, *_LINK.findall(text), *_HOST.findall(text)]
    return list(dict.fromkeys(name for one in named if "." in (name := domains.canonical(one))))


def _look_for_words(writing: Writing, filters: Filters, found: _Found) -> None:
    folded = {language: folding.fold(text) for language, text in writing.texts.items()}
    for word in filters.words:
        spoken = (text for language, text in folded.items() if _speaks(language, word.language))
        if any(folding.contains(text, word.folded) for text in spoken):
            found.note(
                word.action,
                gettext("“%(word)s” is not published here. Write it in another way.") % {"word": word.folded},
                gettext("blocked word: %(word)s") % {"word": word.folded},
            )


def _speaks(language: str, of: str) -> bool:
    """Whether a text of this language is one of that: ``zh-Hans`` is one of ``zh``."""
    return not of or language == of or language.startswith(f"{of}-")


def _look_for_domains(writing: Writing, filters: Filters, found: _Found) -> None:
    if not filters.domains:
        return
    blocked = {domain.name: domain for domain in filters.domains}
    alike = {domains.skeleton(name): domain for name, domain in blocked.items()}
    for host in hosts_of(writing):
        # Only what has letters of other scripts can be meant to look like another: modern.org is not modem.org.
        pretends = "xn--" in host
        for part in domains.suffixes(host):
            domain = blocked.get(part) or (alike.get(domains.skeleton(part)) if pretends else None)
            if domain:
                shown = domains.readable(domain.name)
                found.note(
                    domain.action,
                    gettext("Links to %(domain)s are not published here.") % {"domain": shown},
                    gettext("blocked domain: %(domain)s") % {"domain": shown},
                )
                break


def is_newcomer(writing: Writing, rules: Newcomers) -> bool:
    return not writing.trusted and (writing.days < rules.days or writing.posts < rules.posts)


def _look_at_newcomer(writing: Writing, rules: Newcomers, found: _Found) -> None:
    if not is_newcomer(writing, rules):
        return
    if writing.last_hour >= rules.per_hour:
        words = ngettext(
            "A new account publishes at most %(n)s time an hour. Try again later.",
            "A new account publishes at most %(n)s times an hour. Try again later.",
            rules.per_hour,
        )
        found.refused.append(words % {"n": rules.per_hour})
    if len(links_of(writing)) > rules.links:
        words = ngettext(
            "A new account may use at most %(n)s link.", "A new account may use at most %(n)s links.", rules.links
        )
        found.refused.append(words % {"n": rules.links})
    if rules.hold_first and writing.posts < rules.posts:
        found.held.append(gettext("among the first of a new account"))
