"""Writing the journal, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction

if TYPE_CHECKING:
    from cityplus.journal.models import Entry

_LOUD = "SELECT max(id) FROM journal_entry WHERE NOT quiet"
_LOCK = 0x636974790001
"""PostgreSQL advisory lock held from the entry to the commit, so that entries become visible in the order of their ids
and no reader of the tail can miss one. SQLite has one writer at a time and needs none."""


def record(
    verb: str,
    subject: models.Model,
    *,
    handle: str = "",
    by: str = "",
    public: bool = False,
    quiet: bool = False,
    queued: bool = False,
    **data: Any,
) -> Entry:
    """Write one entry in the transaction that is open.

    A ``quiet`` one changes nothing on the pages that are kept for everybody, or nothing that may not wait for the end of a minute:
    it does not end them. What takes something away is never quiet. ``queued``: the transaction has the order of the journal already.

    Raises:
        RuntimeError: no transaction is open; a trail apart from its deed could lie.
    """
    from cityplus.journal.models import Entry  # noqa: PLC0415 - models load after apps

    if not connection.in_atomic_block:
        raise RuntimeError(f"{verb}: record a deed inside its transaction")
    if not queued:
        queue_up()
    return Entry.objects.create(
        verb=verb,
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        handle=handle,
        by=by,
        public=public,
        quiet=quiet,
        data=data,
    )


def queue_up() -> None:
    """Have the rest of the open transaction to oneself, as recording does: for what reads the greatest number and gives the next.

    On SQLite a transaction that writes has that already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def latest_id(*, quiet: bool = False) -> int:
    """The id of the newest entry, 0 when there is none: whoever kept something may ask whether anything happened since.

    Quiet entries count only for who asks for them.
    """
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT max(id) FROM journal_entry" if quiet else _LOUD)
        row = cursor.fetchone()
    return int(row[0] or 0)
