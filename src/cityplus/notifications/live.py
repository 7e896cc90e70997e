"""The stream `/live/notices/<id of a person>/`: tells the open pages of somebody that there is something new for them."""

from __future__ import annotations

from typing import Any

from cityplus import live
from cityplus.notifications.models import Notice


def may_listen(person: Any, of: str) -> bool:
    """Everybody hears of their own."""
    return bool(person.is_authenticated) and str(person.pk) == of


@live.stream("notices", may=may_listen)
def stream(after: int) -> list[live.Event]:
    """It says that something came, not what: the page asks for what may be seen."""
    rows = Notice.objects.order_by("-id")[:1] if after < 0 else Notice.objects.filter(pk__gt=after).order_by("id")[:200]
    return [live.Event(pk, {}, str(person)) for pk, person in rows.values_list("pk", "person")]
