"""The launch, by the worker: whatever happened to who took the last palm, it comes, and once."""

from __future__ import annotations

from cityplus import jobs
from cityplus.ceremonies.models import Run
from cityplus.drafts import NotReady
from cityplus.lib.lifecycle import LifeCycleError


@jobs.job("ceremonies.launch")
def launch(run: int) -> None:
    """Launch a run whose countdown is over. One that was held meanwhile has another job, with its new moment."""
    found = Run.objects.filter(pk=run).first()
    if found is None:
        return
    try:
        found.launch()
    except (
        LifeCycleError,
        NotReady,
    ) as problem:  # what goes live is not ready any more: people in the hall have to know
        found.hold(by="", reason=str(problem))
