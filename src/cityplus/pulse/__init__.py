"""The pulse of the network: every public page is counted, exactly, without knowing anybody.

Words: a **view** is one page seen by one person, by the rule in `rule.py`; a **visitor** a person counted once a day. A page
carries a **token**, signed, that names it and its **subjects** (a stop, its route, its city, the city's country…); the page's
**beacon** brings it back when somebody sees the page, and is answered after the commit that holds the view.

A view function says what it shows by :func:`counts` or :func:`counted`; :func:`totals`, :func:`series` and their
sisters read.
"""

from cityplus.pulse.figures import Count, by_language, most_seen, series, totals, totals_of
from cityplus.pulse.pages import counted, counts
from cityplus.pulse.subjects import NETWORK, Subject

__all__ = [
    "NETWORK",
    "Count",
    "Subject",
    "by_language",
    "counted",
    "counts",
    "most_seen",
    "series",
    "totals",
    "totals_of",
]
