"""Reading delivered files in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cityplus import jobs
from cityplus.media import store
from cityplus.people.models import Person
from cityplus.routes.formats.adding import add
from cityplus.routes.formats.importing import Plan, Report, Wish, plan
from cityplus.routes.formats.reading import FileError
from cityplus.routes.models import Delivery, Route
from cityplus.routes.policies import can_draft


@jobs.job("routes.draft")
def read_delivery(delivery: int) -> None:
    """Make the draft, or say why there is none; the file goes in either case. Done twice it does nothing the second time."""
    row = Delivery.objects.select_related("city__actor", "into__city__actor").filter(pk=delivery).first()
    if row is None:
        return
    if row.state == "waiting":
        with translation.override(row.language), store.local(row.key) as path:
            if can_draft(Person.objects.filter(username=row.by).first(), row.city):
                read(row, path, jobs.report)
            else:
                row.end("refused", problem=_("Who sent the file does not write for this city any more."))
    default_storage.delete(row.key)


def waiting_files() -> list[str]:
    """The files that are still to be read: a backup takes them along."""
    return list(Delivery.objects.filter(state="waiting").exclude(key="").values_list("key", flat=True))


def read(row: Delivery, path: Path, heard: Callable[[int], None] = lambda percent: None) -> None:
    """Read a delivered file, in the language of the page in hand, and say in its row what became of it. ``heard`` is told percents."""

    def tell(percent: int, rows: int) -> None:
        heard(percent)
        row.progress(percent, rows)

    try:
        planned = plan(path, row.city, Wish(**row.wish), tell)
        with transaction.atomic():  # two workers may have read it, and one of them writes
            route, report = _write(row, planned)
            row.end("drafted", route=route, rows=report.rows, report=report.as_json())
    except FileError as problem:
        row.end("refused", problem=str(problem))


def _write(row: Delivery, planned: Plan) -> tuple[Route, Report]:
    if row.into:
        return row.into, add(planned, row.into, by=row.by)
    draft = planned.write(by=row.by)
    return draft.route, draft.report
