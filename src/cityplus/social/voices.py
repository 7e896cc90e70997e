"""A socket: for which actors a person may speak. Each kind of actor has its own rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from cityplus.actors.models import Actor

Rule = Callable[[Any], Q]
_rules: dict[str, Rule] = {}


def plug(kind: str, rule: Rule) -> None:
    """``rule(person)`` is a condition on :class:`Actor`: those of this kind for whom this signed-in person may speak."""
    _rules[kind] = rule


def of(person: Any) -> list[Actor]:
    """The actors for whom a person may speak, their own first; none for who is not signed in or whose account is closed."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return []
    # Joined as one statement of several: with OR between them a database reads every actor there is.
    parts = [Actor.objects.filter(rule(person), kind=kind) for kind, rule in _rules.items()]
    found = parts[0].union(*parts[1:], all=True) if parts else ()
    return sorted(found, key=lambda actor: (actor.kind != Actor.Kind.PERSON, actor.handle))
