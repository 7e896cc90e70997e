"""The numbers of posts and entries: one row of time for both."""

from __future__ import annotations

from django.db import connection

from cityplus import journal
from cityplus.lib.ids import next_id


def next_number() -> int:
    """The next number for a post or an entry. From here on the transaction has the database's order to itself, so that numbers
    become visible in their order: call it late."""
    journal.queue_up()
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM social_entry UNION ALL SELECT max(id) FROM social_post")
        return next_id(max(newest or 0 for (newest,) in cursor.fetchall()))
