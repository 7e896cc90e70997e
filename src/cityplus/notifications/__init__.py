"""Notices: what happened that concerns somebody, in the page, by letter and by push; each once, and only what they may see.

Words: a **notice** says to one person that an actor did something of a **kind** to a **subject**; notices of one kind about one
subject that are unread together are a **group** (“Ana and 5 others”). A **way** is the page, mail or push. A **digest** is a letter
with what is unread, at most once a period. **Wishes** are what somebody wants to hear of, and when; a **device** takes pushes.

A room above plugs its kinds in and calls :func:`give` from a subscriber of the journal. No words are kept: they are made when
somebody reads, from what that person may see then.
"""

from cityplus.notifications.giving import give, give_many
from cityplus.notifications.kinds import Group, Kind, Said, plug

__all__ = ["Group", "Kind", "Said", "give", "give_many", "plug"]
