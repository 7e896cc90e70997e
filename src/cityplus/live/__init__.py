"""The async door under `/live/`: streams that tail the database, one reader a process however many listen, and short answers.

Words: a **stream** has a name and a reader (``events after this id``); a room plugs it in with :func:`stream`. A browser that
lost its line says ``Last-Event-ID`` and misses nothing that the stream still holds. A stream with ``may`` is **private**: it
has **parts**, asks who is there, and ends when they may no longer listen. An **answer** is plugged in with
:func:`answer`, and is asked and given whole, without a Django request.
"""

from cityplus.live.answers import Answer, Asked, answer
from cityplus.live.streams import Event, stream

__all__ = ["Answer", "Asked", "Event", "answer", "stream"]
