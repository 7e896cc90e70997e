"""Ceremonies as they are attached to posts: those that one may see."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from cityplus.actors.models import Actor
from cityplus.ceremonies.models import Ceremony
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text
from cityplus.routes.models import Route
from cityplus.social.attachments import SAMPLES, Attached
from cityplus.ties.models import Tie
from cityplus.ties.models.tie import pair_names

_ADDRESS = re.compile(r"/ceremonies/(\d{1,18})/?")


class Ceremonies:
    """The kind ``ceremony``."""

    def find(self, path: str) -> int | None:
        found = _ADDRESS.fullmatch(path)
        return int(found[1]) if found and Ceremony.objects.filter(pk=int(found[1])).exists() else None

    def shown(self, ids: Collection[int], person: Any) -> Mapping[int, Attached]:
        found = Ceremony.objects.visible_to(person).filter(pk__in=ids).distinct()
        found = found.select_related("route", "tie__first__actor", "tie__second__actor")
        return {
            one.pk: Attached(str(one.get_kind_display()), title_of(one), one.get_absolute_url(), one.theme or None)
            for one in found.prefetch_related("takings__city__actor")
        }

    def offered(self, author: Actor) -> Sequence[tuple[str, str]]:
        """Those of a city that everybody may see, the newest first."""
        found = Ceremony.objects.visible_to(None).filter(takings__city__actor=author).distinct()
        few = found.select_related("route", "tie__first__actor", "tie__second__actor")[:SAMPLES]
        return [
            (one.get_absolute_url(), title_of(one).in_language(reader_tag()))
            for one in few.prefetch_related("takings__city__actor")
        ]


def title_of(ceremony: Ceremony) -> Text:
    """Its title; where it has none, the name of what goes live."""
    if ceremony.title:
        return ceremony.title
    subject = ceremony.subject
    if isinstance(subject, Tie):
        return pair_names(subject.first, subject.second)
    return subject.title if isinstance(subject, Route) else subject.actor.names
