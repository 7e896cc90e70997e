"""Background work as rows in the database that holds everything else.

Words: a **job** has a **kind** (a function plugged in by :func:`job`) and arguments; a worker takes it with a **lease** that it
renews; a worker that dies leaves a lease that runs out, and another takes the job again. After 5 tries it is
**dead** and says why. What a person waits for is **urgent**: a thread of the worker does nothing else.
"""

from cityplus.jobs.kinds import URGENT, chore, derived, enqueue, job, report

__all__ = ["URGENT", "chore", "derived", "enqueue", "job", "report"]
