"""Writing many versions at once: what fits is written, and of the rest it is said why it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cityplus.drafts import Clash, DocumentError, DraftClash, Edit
from cityplus.drafts.models import Draft


@dataclass
class Outcome:
    """What became of edits, by their paths."""

    saved: list[str] = field(default_factory=list)
    clashes: dict[str, Clash] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        return not self.clashes and not self.problems


def save(draft: Draft, edits: Sequence[Edit], *, by: str) -> Outcome:
    """Write each of these edits that can be written, in one revision: those that meet what somebody else wrote, or that their
    places do not take, stay out and are told."""
    outcome = Outcome()
    left = list(edits)
    while left:
        try:
            draft.edit(left, by=by)
        except DraftClash as met:
            outcome.clashes |= {clash.path: clash for clash in met.clashes}
        except DocumentError as problem:
            if problem.path not in {edit.path for edit in left}:
                raise
            outcome.problems[problem.path] = problem.sentence
        else:
            outcome.saved = [edit.path for edit in left]
            break
        left = [edit for edit in left if edit.path not in outcome.clashes and edit.path not in outcome.problems]
    return outcome
