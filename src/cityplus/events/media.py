"""What events say of media: who sees them, and where they are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.events.models import Event, Paper, Picture, Presenter
from cityplus.languages.tags import reader_tag
from cityplus.media.usage import Use


def seen_by(person: Any, ids: Collection[int]) -> Iterable[int]:
    """Covers, pictures and recordings are seen by who may see the event, the pictures of presenters by who may see their page."""
    events = Event.objects.visible_to(person)
    for column in ("cover_id", "recording_id", "pictures__medium"):
        yield from events.filter(**{f"{column}__in": ids}).values_list(column, flat=True)
    yield from Presenter.objects.visible_to(person).filter(picture__in=ids).values_list("picture_id", flat=True)


def uses(owner: Actor, ids: Collection[int] | None) -> Iterable[Use]:
    """Covers, recordings and pictures of events, and the pictures of presenters."""
    tag = reader_tag()
    said = _("The event “%(event)s”")
    for column in ("cover", "recording"):
        for event in _of(Event, column, owner, ids):
            yield Use(
                getattr(event, f"{column}_id"), said % {"event": event.title.in_language(tag)}, event.get_absolute_url()
            )
    for row in _of(Picture, "medium", owner, ids).select_related("event"):
        yield Use(row.medium_id, said % {"event": row.event.title.in_language(tag)}, row.event.get_absolute_url())
    for presenter in _of(Presenter, "picture", owner, ids):
        words = _("Picture of %(name)s") % {"name": presenter.names.in_language(tag)}
        yield Use(presenter.picture_id or 0, words, presenter.get_absolute_url())


def _of(model: Any, column: str, owner: Actor, ids: Collection[int] | None) -> Any:
    found = model.objects.filter(**{f"{column}__owner": owner})
    return found if ids is None else found.filter(**{f"{column}__in": ids})


def files() -> Iterable[str]:
    """The files of the store that events name."""
    return Paper.objects.values_list("key", flat=True).iterator()
