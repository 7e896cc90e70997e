"""The numbers of posts and entries: one row of time for both."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from cityplus import journal
from cityplus.lib.ids import id_at, next_id

_SPAN = 3
"""Numbers that a post may need: its own, and those of its places with the city it asks and with its pair."""


def next_number(at: datetime | None = None) -> int:
    """The next number for a post or an entry. From here on the transaction has the database's order to itself, so that numbers
    become visible in their order: call it late.

    For what was said elsewhere ``at`` a moment, and is brought in now, the first number of that moment that is free.
    """
    journal.queue_up()
    if at:
        return _free(id_at(at))
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM social_entry UNION ALL SELECT max(id) FROM social_post")
        return next_id(max(newest or 0 for (newest,) in cursor.fetchall()))


def _free(number: int) -> int:
    taken = "SELECT id FROM social_entry WHERE id BETWEEN %s AND %s UNION ALL SELECT id FROM social_post WHERE id BETWEEN %s AND %s"
    with connection.cursor() as cursor:
        while True:
            cursor.execute(taken, [number, number + _SPAN] * 2)
            rows = cursor.fetchall()
            if not rows:
                return number
            number = max(one for (one,) in rows) + 1
