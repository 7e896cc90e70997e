"""Who is told of what. A room subscribes from its ``apps.ready()``; the worker delivers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction

if TYPE_CHECKING:
    from cityplus.journal.models import Entry

log = logging.getLogger(__name__)

Handler = Callable[["Entry"], None]
_handlers: dict[str, tuple[frozenset[str], Handler]] = {}


def subscribe(name: str, *verbs: str) -> Callable[[Handler], Handler]:
    """Have a function told of every entry with one of these verbs, after its commit.

    Told at least once, in order: a handler must bear being told twice. ``name`` is kept in the database; a new name
    starts at the journal's beginning.

    Raises:
        ValueError: the name is taken.
    """

    def plug(handler: Handler) -> Handler:
        if name in _handlers and _handlers[name][1].__qualname__ != handler.__qualname__:
            raise ValueError(f"two subscribers are called {name}")
        _handlers[name] = (frozenset(verbs), handler)
        return handler

    return plug


def deliver(limit: int = 500) -> int:
    """Tell every subscriber what it has not been told yet; returns how many entries were handed over.

    The cursor moves in the same transaction as the handler's own writes, so a handler that only writes rows is told
    exactly once. A handler that fails is told the same again next time; the other subscribers do not wait for it.
    """
    told = 0
    for name, (verbs, handler) in _handlers.items():
        try:
            told += _tell(name, verbs, handler, limit)
        except Exception:  # a handler may fail in any way; nothing is lost, for its cursor has not moved
            log.exception("subscriber %s failed; it will be told again", name)
    return told


def _tell(name: str, verbs: frozenset[str], handler: Handler, limit: int) -> int:
    from cityplus.journal.models import Cursor, Entry  # noqa: PLC0415 - models load after apps

    with transaction.atomic():
        Cursor.objects.get_or_create(subscriber=name)
        cursor = Cursor.objects.select_for_update(no_key=True).get(subscriber=name)
        newest = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
        if newest <= cursor.last_id:
            return 0
        due = list(Entry.objects.filter(id__gt=cursor.last_id, id__lte=newest, verb__in=verbs).order_by("id")[:limit])
        for entry in due:
            handler(entry)
        cursor.last_id = due[-1].id if len(due) == limit else newest
        cursor.save(update_fields=["last_id"])
    return len(due)
