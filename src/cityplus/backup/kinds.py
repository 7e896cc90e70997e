"""Values of columns in a form that belongs to no engine. A **kind** says how the values of one column are told; an archive
names the kind of each column, so that it can be read without the models that made it."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import models

Change = Callable[[Any], Any]

_FIELDS: dict[str, str] = {
    "DateTimeField": "moment",
    "DateField": "day",
    "TimeField": "time",
    "BooleanField": "truth",
    "UUIDField": "uuid",
    "BinaryField": "bytes",
    "DecimalField": "decimal",
    "DurationField": "duration",
    "GenericIPAddressField": "address",
    "JSONField": "json",
}
_PLAIN = {
    "AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField",
    "PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField", "FloatField", "CharField", "TextField",
    "SlugField", "FileField", "FilePathField",
}  # fmt: skip


def kind_of(field: models.Field[Any, Any]) -> str:
    """The kind of a model's column; a foreign key has that of the key it points to.

    Raises:
        LookupError: nobody has said how such values are told on both engines.
    """
    if isinstance(field, models.ForeignKey):
        return kind_of(field.target_field)
    internal = field.get_internal_type()
    if isinstance(field, models.JSONField):
        return "json"
    if internal in _PLAIN:
        return "plain"
    try:
        return _FIELDS[internal]
    except KeyError:
        raise LookupError(f"{field}: say in backup/kinds.py how a {internal} is told on both engines") from None


def _moment(value: Any) -> str:
    """In UTC, without a zone, as SQLite keeps it: ``2018-12-03 10:20:30.123456``."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return str(value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value)


def _duration(value: Any) -> int:
    return value // timedelta(microseconds=1) if isinstance(value, timedelta) else int(value)


def _any(value: Any) -> Any:
    """A value of a column that no model describes, told by what it is."""
    if isinstance(value, bytes | memoryview):
        return {"bytes": _base64(value)}
    if isinstance(value, datetime):
        return {"moment": _moment(value)}
    if isinstance(value, uuid.UUID):
        return {"uuid": value.hex}
    return str(value) if isinstance(value, Decimal | date | time) else value


def _base64(value: Any) -> str:
    return base64.b64encode(bytes(value)).decode()


OUT: dict[str, Change | None] = {
    "plain": None,
    "json": None,  # both engines give it as text
    "moment": _moment,
    "day": str,
    "time": str,
    "truth": bool,
    "uuid": lambda value: uuid.UUID(str(value)).hex,
    "bytes": _base64,
    "decimal": str,
    "duration": _duration,
    "address": lambda value: str(value).partition("/")[0],
    "any": _any,
}
"""From what the engine gives to what JSON takes; ``None`` where that is the same."""

_SHARED: dict[str, Change | None] = dict.fromkeys(OUT) | {"bytes": base64.b64decode}


def _from_any(kinds: dict[str, Change | None]) -> Change:
    def change(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        ((kind, told),) = value.items()
        into = kinds[kind]
        return into(told) if into else told

    return change


def _into(kinds: dict[str, Change | None]) -> dict[str, Change | None]:
    return kinds | {"any": _from_any(kinds)}


INTO: dict[str, dict[str, Change | None]] = {
    "sqlite": _into(_SHARED | {"truth": int}),
    "postgresql": _into(
        _SHARED
        | {
            "moment": lambda value: f"{value}+00:00",
            "duration": lambda value: timedelta(microseconds=value),
        }
    ),
}
"""From JSON to what the engine takes."""


def changing(kinds: list[str], changes: dict[str, Change | None]) -> Callable[[Any], list[Any]]:
    """A function that changes a row, column by column; ``None`` stays ``None``."""
    steps = [(index, change) for index, kind in enumerate(kinds) if (change := changes[kind])]

    def change_row(row: Any) -> list[Any]:
        told = list(row)
        for index, change in steps:
            if told[index] is not None:
                told[index] = change(told[index])
        return told

    return change_row
