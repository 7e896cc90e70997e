"""Opportunities as they are attached to posts: whoever may see one sees its card, others see none."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.languages.tags import reader_tag
from cityplus.opportunities.models import Opportunity
from cityplus.social.attachments import SAMPLES, Attached

_ADDRESS = re.compile(r"/@([a-z][a-z0-9_]+)/opportunities/([\w-]+)/?")


class Opportunities:
    """The kind ``opportunity``: what it is and its story, without a picture. One that is over says so."""

    def find(self, path: str) -> int | None:
        if not (found := _ADDRESS.fullmatch(path)):
            return None
        public = (
            Opportunity.objects.public()
        )  # a post is for everybody: what is for some would be a gap in it that tells
        return public.filter(host__handle=found[1], slug=found[2]).values_list("pk", flat=True).first()

    def shown(self, ids: Collection[int], person: Any) -> Mapping[int, Attached]:
        """A draft is in no card, not even for its host: the post stands where others read it."""
        seen = Opportunity.objects.visible_to(person).filter(pk__in=ids).values("pk")
        found = Opportunity.objects.shown().filter(pk__in=seen).select_related("host")
        return {one.pk: Attached(_label(one), one.title, one.get_absolute_url(), one.story) for one in found}

    def offered(self, author: Actor) -> Sequence[tuple[str, str]]:
        """An actor's own open ones, the newest first; without those that no post can carry."""
        found = Opportunity.objects.public().open().filter(host=author).select_related("host")
        few = found.order_by("-published_at", "-pk")[:SAMPLES]
        return [(one.get_absolute_url(), one.title.in_language(reader_tag())) for one in few]


def _label(one: Opportunity) -> str:
    words = {"direction": one.get_direction_display(), "kind": one.get_kind_display()}
    label = _("%(direction)s: %(kind)s") % words
    return label if one.is_open else _("%(label)s, not open any more") % {"label": label}
