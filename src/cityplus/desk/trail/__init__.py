"""The trail of a city for its team: the journal's entries in words, filtered, and exported.

:func:`plug` gives verbs their sentences; a verb that nobody gave one still reads decently.
"""

from cityplus.desk.trail.lines import Line, told
from cityplus.desk.trail.sentences import plug
from cityplus.desk.trail.things import Thing, resolve

__all__ = ["Line", "Thing", "plug", "resolve", "told"]
