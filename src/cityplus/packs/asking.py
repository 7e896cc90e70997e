"""Packs that are asked for from a desk: written by the worker into the store, and taken away when their day is over."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cityplus import jobs
from cityplus.media import store
from cityplus.packs.exporting import export_city
from cityplus.packs.models import Export
from cityplus.packs.reading import PackError

FOLDER = "exports"
GRACE = timedelta(hours=1)
"""How long after its day a zip stays for who is still fetching it."""


@jobs.job("packs.export")
def write(export: int) -> None:
    """Write the zip, or say why there is none. Done twice, the second zip takes the place of the first."""
    row = Export.objects.select_related("city__actor").filter(pk=export, state="waiting").first()
    if row is None:
        return
    with store.workbench() as bench:
        path = bench / "pack.zip"
        try:
            export_city(row.city.handle, path)
        except PackError as problem:
            row.refuse(str(problem))
            return
        size = path.stat().st_size
        store.move_in(path, row.key)
    row.finish(size)


@jobs.chore("packs.sweep")
def sweep() -> int:
    """Forget exports whose day is over, and take away every zip that no export names; returns how many zips."""
    over = timezone.now() - GRACE
    Export.objects.filter(expires_at__lt=over).delete()
    named = set(Export.objects.values_list("key", flat=True))
    strays = [key for key, _, _ in store.shelf().listing(FOLDER) if key not in named]
    for key in strays:
        store.shelf().remove(key)
    return len(strays)
