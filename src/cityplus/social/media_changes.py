"""Posts look different when their media do: once a rendition is made, or somebody described them anew."""

from __future__ import annotations

from django.db.models import F, Q

from cityplus import journal
from cityplus.journal.models import Entry
from cityplus.social.models import Post


@journal.subscribe("social.media", "medium.rendered", "medium.described", "medium.replaced")
def touch_posts(entry: Entry) -> None:
    """Every post with this medium, or with a link whose picture it is, and what quotes it, is shown anew."""
    shows = Q(media_rows__medium=entry.subject_id) | Q(card__picture=entry.subject_id)
    ids = list(Post.objects.filter(shows).values_list("pk", flat=True).distinct())
    if ids:
        Post.objects.filter(Q(pk__in=ids) | Q(quote__in=ids)).update(revision=F("revision") + 1)
