"""A socket: for which actors a person may speak. Each kind of actor has its own rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from cityplus.actors.models import Actor

Rule = Callable[[Any], Q]
_rules: dict[str, Rule] = {}
_SOMEBODY = -(2**62)
"""Stands for the person in the statement, which is put together once."""


def plug(kind: str, rule: Rule) -> None:
    """``rule(person)`` is a condition on :class:`Actor`: those of this kind for whom this signed-in person may speak."""
    _rules[kind] = rule


def of(person: Any) -> list[Actor]:
    """The actors for whom a person may speak, their own first; none for who is not signed in or whose account is closed."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return []
    sql, values = _statement(tuple(_rules.items()))
    found = Actor.objects.raw(sql, [person.pk if value == _SOMEBODY else value for value in values])
    return sorted(found, key=lambda actor: (actor.kind != Actor.Kind.PERSON, actor.handle))


@cache
def _statement(rules: tuple[tuple[str, Rule], ...]) -> tuple[str, tuple[Any, ...]]:
    """All parts as one statement: with OR between them a database would read every actor there is."""
    somebody = get_user_model()(pk=_SOMEBODY)
    parts = [Actor.objects.filter(rule(somebody), kind=kind).order_by() for kind, rule in rules]
    told = [part.query.sql_with_params() for part in parts]
    return " UNION ALL ".join(sql for sql, _ in told), tuple(value for _, values in told for value in values)
