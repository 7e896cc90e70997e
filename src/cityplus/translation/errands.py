"""Machines on their way through pieces, in the background."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone, translation

from cityplus import jobs
from cityplus.drafts.models import Draft
from cityplus.languages.machines import Busy, MachineError, configured
from cityplus.languages.models import KeptAnswer
from cityplus.translation.models import Errand
from cityplus.translation.rows import Row, rows_of
from cityplus.translation.saving import save
from cityplus.translation.suggesting import as_edit, propose

KEPT = timedelta(days=365)
"""For so long a machine's answer is not asked again."""
AT_ONCE = 8
"""Texts that are asked for and written together: so many are lost when the machine fails, and they are kept answers then."""


@jobs.job("translation.errand")
def go(errand: int) -> None:
    """Write what nobody has written or approved. Done again it goes on where it was, for what is written is no more asked for."""
    row = Errand.objects.select_related("city__actor").filter(pk=errand, state="waiting").first()
    if row is None:
        return
    with translation.override(row.reader):
        try:
            _go(row)
        except Busy as later:
            row.wait(later.seconds, str(later))
        except MachineError as problem:
            row.end("stopped", str(problem))


@jobs.chore("translation.forget")
def forget() -> None:
    """Let old answers of machines go; who asks again gets those of today's machines."""
    KeptAnswer.objects.filter(at__lt=timezone.now() - KEPT).delete()


def wanted(draft: Draft, language: str) -> list[Row]:
    """What a machine would write: what is missing, and its own words that are behind their originals."""
    rows = rows_of(draft.does.shape, draft.document, language)
    return [row for row in rows if row.is_free_for_machines and row.state in {"missing", "outdated"}]


def _go(errand: Errand) -> None:
    if configured() is None:
        raise MachineError(translation.gettext("No translation service is configured any more."))
    draft = Draft.on(errand.kind, errand.subject_id, errand.city.actor)
    rows = wanted(draft, errand.language)
    done, left = max(0, errand.total - len(rows) - errand.left), errand.left
    for start in range(0, len(rows), AT_ONCE):
        batch = rows[start : start + AT_ONCE]
        edits = [as_edit(row, words) for row, words in zip(batch, propose(errand.city, batch), strict=True)]
        outcome = save(draft, edits, by=errand.by)
        done += len(outcome.saved)
        left += len(batch) - len(outcome.saved)  # somebody wrote there meanwhile, and that stands
        if not errand.report(done=done, left=left):
            return
        jobs.report(100 * (start + len(batch)) // len(rows))
    errand.end("done")
