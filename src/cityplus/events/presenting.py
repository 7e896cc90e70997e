"""What a presenter is seen in: sessions of events that everybody may know of, and what their team has named, as far as the reader may
see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cityplus.events.models import Event, Presenter, Session
from cityplus.social import attachments
from cityplus.social.attachments import Attached


def sessions_of(presenter: Presenter, person: Any) -> Sequence[Session]:
    """The sessions of events that this person may see, the latest first."""
    visible = Event.objects.visible_to(person).values("pk")
    found = Session.objects.filter(presenters=presenter, event__in=visible).select_related("venue", "event")
    return list(found.prefetch_related("event__hosting__actor", "event__venues").order_by("-starts_at", "-pk")[:200])


def clips_of(presenter: Presenter, person: Any) -> Sequence[Attached]:
    """Routes, stops, ceremonies and posts in which they are seen, in their order."""
    keys = [(clip.kind, clip.subject_id) for clip in presenter.clips.all()]
    shown = attachments.shown(keys, person)
    return [shown[key] for key in keys if key in shown]


def addresses_of(presenter: Presenter, person: Any) -> str:
    """The same as addresses, one a line, as a form shows them."""
    return "\n".join(clip.url for clip in clips_of(presenter, person))
