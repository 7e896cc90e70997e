"""Events as they are attached to posts: those that one may see."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from cityplus.actors.models import Actor
from cityplus.events import clocks
from cityplus.events.models import Event
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text
from cityplus.social.attachments import SAMPLES, Attached

_ADDRESS = re.compile(r"/@([a-z][a-z0-9_]+)/events/([\w-]+)/?")


class Events:
    """The kind ``event``: with its cover, and when it is by the clock of its first hall."""

    def find(self, path: str) -> int | None:
        if not (found := _ADDRESS.fullmatch(path)):
            return None
        return Event.objects.at(found[1], found[2]).values_list("pk", flat=True).first()

    def shown(self, ids: Collection[int], person: Any) -> Mapping[int, Attached]:
        found = Event.objects.visible_to(person).filter(pk__in=ids).for_cards()
        return {
            one.pk: Attached(str(one.get_kind_display()), one.title, one.get_absolute_url(), _when(one), one.cover)
            for one in found
        }

    def offered(self, author: Actor) -> Sequence[tuple[str, str]]:
        """Public ones that this actor holds, the latest first."""
        found = Event.objects.public().filter(hosting__actor=author, hosting__agreed_at__isnull=False)
        few = found.for_cards().order_by("-starts_at", "-pk")[:SAMPLES]
        return [(one.get_absolute_url(), one.title.in_language(reader_tag())) for one in few]


def _when(event: Event) -> Text:
    tag = reader_tag()
    return Text.of(tag, **{tag.replace("-", "_"): clocks.span(event.starts_at, event.ends_at, event.time_zone)})
