"""A socket: what else is asked of who makes an account. Rooms above plug their questions in from ``apps.ready()``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django import forms

from cityplus.people.models import Person


class Asked(Protocol):
    """A question. ``fields()`` are its fields by name, none when there is nothing to ask just now; they check what was given.
    ``keep(person, given)`` is called in the transaction that makes the account."""

    def fields(self) -> Mapping[str, forms.Field]: ...

    def keep(self, person: Person, given: Mapping[str, Any]) -> None: ...


_asked: dict[str, Asked] = {}


def plug(name: str, asked: Asked) -> None:
    _asked[name] = asked


def ask(form: forms.Form) -> None:
    """Add every question to a form that makes an account."""
    for asked in _asked.values():
        for name, field in asked.fields().items():
            form.fields[name] = field


def asked_in(form: forms.Form) -> list[forms.BoundField]:
    """The fields that were added, for the page."""
    return [form[name] for asked in _asked.values() for name in asked.fields() if name in form.fields]


def keep(person: Person, given: Mapping[str, Any]) -> None:
    """Keep what each question keeps; call it in the transaction that makes the account."""
    for asked in _asked.values():
        asked.keep(person, given)
