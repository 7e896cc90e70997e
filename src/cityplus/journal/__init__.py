"""The trail of what happened: who did what to which thing, when, for which city.

Words: an **entry** is written in the transaction of the deed (:func:`record`); a **subscriber** is told after the commit,
at least once and in order, by the worker. The entry is the outbox: a verb sends nothing itself.
"""

from cityplus.journal.following import Following
from cityplus.journal.subscribers import subscribe
from cityplus.journal.together import together
from cityplus.journal.trail import latest_id, queue_up, record

__all__ = ["Following", "latest_id", "queue_up", "record", "subscribe", "together"]
