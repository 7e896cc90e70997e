"""The job that makes a medium of an upload whose last byte has come, and the chore that ends those that wait for too long."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cityplus import jobs
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.media import store
from cityplus.media.errors import Ended, MediumError
from cityplus.media.models import Medium, Upload
from cityplus.media.probe import probe

AT_ONCE = 5_000_000
"""Bytes of a file that is looked into while its sender waits."""
TOLD = 7
"""Days for which the page says what became of an upload."""

log = logging.getLogger(__name__)


@jobs.job("media.join")
def join(upload: str) -> None:
    """Make the medium, or say why there is none. Done twice it does nothing the second time."""
    row = Upload.objects.select_related("owner", "person", "replaces").filter(pk=upload, state="joining").first()
    if row is None:
        return
    with translation.override(row.language), store.workbench() as bench:
        try:
            _accept(row, _whole(row, bench / "file"))
        except (Ended, LifeCycleError):
            log.info("%s was cancelled, or another worker was faster", row.name)
        except MediumError as error:
            row.end("refused", problem=str(error).replace("file: ", "", 1))


def join_soon(upload: Upload) -> None:
    """A small one at once, so that its sender sees it; what hinders that is no harm, for the job is enqueued in any case."""
    if upload.state == "joining" and upload.size <= AT_ONCE:
        try:
            join(upload.pk)
        except Exception:
            log.exception("%s is left to the worker", upload.name)


def _whole(upload: Upload, path: Path) -> Path:
    """The pieces one after the other, on the workbench."""
    came = 0
    with path.open("wb") as file:
        for piece in upload.pieces.all():
            try:
                reading = store.read(piece.key)
            except FileNotFoundError:
                break  # an older copy of the network was put back
            try:
                for part in reading:
                    file.write(part)
                    came += len(part)
            finally:
                reading.close()
            jobs.report(90 * came // upload.size)
    if came != upload.size:
        raise MediumError(_("Some of its bytes were lost. Please send the file again."))
    return path


def _accept(upload: Upload, path: Path) -> None:
    facts = probe(path, by_stranger=True)
    by = upload.person.get_username()

    def done(medium: Medium) -> None:
        upload.end("done", medium=medium)

    if upload.replaces:
        upload.replaces.replace(path, by=by, facts=facts, then=done)
    else:
        proposed = {"credit": upload.credit, "licence": upload.licence}
        Medium.receive(upload.owner, path, upload.name, by=by, facts=facts, then=done, **proposed)


@jobs.chore("media.expire")
def expire() -> int:
    """End the uploads that have waited for too long, and forget after some days what became of the others; returns how many ended."""
    now, ended = timezone.now(), 0
    for row in Upload.objects.filter(state="receiving", expires_at__lte=now):
        with transaction.atomic():
            if Upload.objects.select_for_update().filter(pk=row.pk, state="receiving", expires_at__lte=now).exists():
                row.end("expired")
                ended += 1
    gone = now - timedelta(days=TOLD)
    Upload.objects.filter(state__in=("done", "refused", "expired"), expires_at__lte=gone).delete()
    return ended
