"""The filters that are in force, kept in memory."""

from __future__ import annotations

from collections.abc import Sequence

from cityplus.journal import Following
from cityplus.journal.models import Entry
from cityplus.moderation import judging
from cityplus.moderation.judging import Domain, Filters, Newcomers, Verdict, Word, Writing
from cityplus.moderation.models import BlockedDomain, BlockedWord, NewcomerRules


def in_force() -> Filters:
    """As of the newest entry of the journal."""
    return _filters.now()


def judge(writing: Writing) -> Verdict:
    """Whether a writing may be published, by the filters in force."""
    return judging.judge(writing, in_force())


def _make() -> Filters:
    rules = NewcomerRules.in_force()
    return Filters(
        tuple(Word(*row) for row in BlockedWord.objects.values_list("folded", "language", "action")),
        tuple(Domain(*row) for row in BlockedDomain.objects.values_list("name", "action")),
        Newcomers(rules.days, rules.posts, rules.links, rules.per_hour, rules.hold_first),
    )


def _follow(old: Filters, entries: Sequence[Entry]) -> Filters | None:
    return None if any(entry.verb.startswith("filters.") for entry in entries) else old


_filters = Following(_make, _follow)
