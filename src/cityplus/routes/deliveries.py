"""Reading delivered files in the background."""

from __future__ import annotations

from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation

from cityplus import jobs
from cityplus.media import store
from cityplus.routes.formats.importing import Wish, plan
from cityplus.routes.formats.reading import FileError
from cityplus.routes.models import Delivery


@jobs.job("routes.draft")
def read_delivery(delivery: int) -> None:
    """Make the draft, or say why there is none; the file goes in either case. Done twice it does nothing the second time."""
    row = Delivery.objects.select_related("city__actor").filter(pk=delivery).first()
    if row is None:
        return
    if row.state == "waiting":
        with translation.override(row.language), store.local(row.key) as path:
            _read(row, path)
    default_storage.delete(row.key)


def waiting_files() -> list[str]:
    """The files that are still to be read: a backup takes them along."""
    return list(Delivery.objects.filter(state="waiting").values_list("key", flat=True))


def _read(row: Delivery, path: Path) -> None:
    def tell(percent: int, rows: int) -> None:
        jobs.report(percent)
        row.progress(percent, rows)

    try:
        planned = plan(path, row.city, Wish(**row.wish), tell)
    except FileError as problem:
        row.end("refused", problem=str(problem))
        return
    with transaction.atomic():  # two workers may have read it, and one of them writes
        draft = planned.write(by=row.by)
        row.end("drafted", route=draft.route, rows=draft.report.rows, report=draft.report.as_json())
