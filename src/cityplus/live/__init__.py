"""The async door: streams under `/live/` that tail the database, one reader a process however many listen.

Words: a **stream** has a name and a reader (``events after this id``); a room plugs it in with :func:`stream`. A browser that
lost its line says ``Last-Event-ID`` and misses nothing that the stream still holds.
"""

from cityplus.live.streams import Event, stream

__all__ = ["Event", "stream"]
