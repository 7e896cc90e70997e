"""What profiles, following, search, taking along and leaving plug into the sockets of other rooms."""

from __future__ import annotations

from django.contrib.auth.signals import user_logged_in

from cityplus import journal
from cityplus.media import usage, visibility
from cityplus.people import letters as box
from cityplus.people import sections
from cityplus.search import flows, index
from cityplus.social import letters
from cityplus.social.accounts import account, leaving, parting
from cityplus.social.finding import findable, searching
from cityplus.social.moderating import moderated
from cityplus.social.rendering import portraits
from cityplus.social.takeout import writing  # noqa: F401 - it plugs its jobs in


def plug() -> None:
    """From ``apps.ready()``."""
    sections.plug("profile", account.profile)
    visibility.plug("profiles", portraits.seen_by)
    usage.plug("profiles", portraits.uses)
    index.plug(findable.PERSON, findable.People())
    index.plug(findable.TAG, findable.Tags())
    flows.plug(searching.POST, searching.Posts())
    verbs = (*(f"post.{verb}" for verb in findable.OF_POST), *findable.OF_STAY)
    journal.subscribe("search.tags", *verbs)(findable.follow_tags)
    for kind, pattern in letters.PATTERNS.items():
        box.plug(kind, pattern)
    parting.plug()
    leaving.hold("moderation", moderated.suspended)
    user_logged_in.connect(leaving.sign_in_reopens, dispatch_uid="social.leaving")
