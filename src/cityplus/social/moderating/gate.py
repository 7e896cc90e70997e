"""The gate that everything goes through before it is posted or edited. A socket: who judges what is written plugs in here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cityplus.actors.models import Actor

if TYPE_CHECKING:
    from cityplus.social.models import Sheet
    from cityplus.social.writing import Writing

Guard = Callable[[Actor, "Writing", str], object]
Keep = Callable[["Sheet", str], None]
_guards: dict[str, Guard] = {}
_keepers: dict[str, Keep] = {}


def plug(name: str, guard: Guard, keep: Keep | None = None) -> None:
    """``guard(author, writing, by)`` does nothing, or raises :class:`~cityplus.social.errors.BadPost` to refuse it with a sentence, or
    :class:`~cityplus.social.errors.Held` to have somebody look at it first. It is asked outside of the transaction that writes.

    What is held is kept as a sheet that nobody changes meanwhile: ``keep(sheet, why)`` is then called in the transaction that keeps
    it. Who decides calls ``composing.holding.approve`` or ``refuse``.
    """
    _guards[name] = guard
    if keep:
        _keepers[name] = keep


def unplug(name: str) -> None:
    """Take a guard out; for tests that plugged one in."""
    _guards.pop(name, None)
    _keepers.pop(name, None)


def check(author: Actor, writing: Writing, by: str) -> None:
    """Ask every guard whether this may be said by this actor; ``by`` is the name of the person.

    Raises:
        BadPost: one refuses it.
        Held: somebody looks at it first.
    """
    for guard in _guards.values():
        guard(author, writing, by)


def keep(sheet: Sheet, why: str) -> None:
    """Tell who judges that this sheet waits for them."""
    for keeper in _keepers.values():
        keeper(sheet, why)
