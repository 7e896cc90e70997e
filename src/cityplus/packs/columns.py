"""How one column of a model stands in YAML: said when exporting, understood when importing, by the kind of its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations

from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text, Version
from cityplus.media.models import Medium
from cityplus.packs.reading import Node

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field
NameOf = Callable[[int], str]
"""From the id of a medium to its name inside the pack."""

_RANGES: Mapping[str, tuple[int, int]] = BaseDatabaseOperations.integer_field_ranges
"""What PostgreSQL takes; SQLite takes more, and a pack must fit both."""


def said(field: Field, value: Any, original: str, name_of: NameOf) -> Any:
    """The value of a column as plain YAML: dicts, lists, words and numbers."""
    if value is None:
        return None
    if isinstance(field, MultilingualField):
        return text_said(value, original)
    if isinstance(field, models.ForeignKey):
        return name_of(value)
    if isinstance(field, models.DateTimeField):
        return value.astimezone(UTC).isoformat()
    if isinstance(field, models.BooleanField):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(field, models.TimeField) else value


def text_said(text: Text, original: str) -> dict[str, Any]:
    """A text as words by language, with state, by and at where they are not what is understood without."""
    return {tag: _version_said(text, tag, original) for tag in text.languages}


def _version_said(text: Text, tag: str, original: str) -> str | dict[str, str]:
    version: Version = text.versions[tag]
    parts = {"text": version.text}
    if version.state != ("author" if tag == text.original else "machine") or version.by or version.at:
        parts |= {"state": version.state, "by": version.by, "at": version.at}
    if tag == text.original != original:
        parts["original"] = "yes"
    parts = {key: value for key, value in parts.items() if value or key == "text"}
    return parts if len(parts) > 1 else version.text


def understood(field: Field, node: Node) -> Any:
    """What a node says for a column.

    Raises:
        PackError: it says something that the column cannot hold.
    """
    if node.value is None and field.null:
        return None
    return next(read for kind, read in _KINDS if isinstance(field, kind))(field, node)


def _words(field: Field, node: Node) -> str:
    if field.choices:
        return node.one_of([*(str(value) for value, _ in field.flatchoices), *([""] if field.blank else [])])
    return node.word(r"[\s\S]*" if field.blank else r"[\s\S]+", "a word", field.max_length or 10**9)


def _moment(node: Node) -> datetime:
    word = node.word(most=60)
    try:
        moment = datetime.fromisoformat(word)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise node.fail(f"“{word}” is not a date and time with its zone, such as 2018-12-03T10:00:00+00:00")
    return moment


def _time(node: Node) -> time:
    word = node.word(most=15)
    try:
        return time.fromisoformat(word)
    except ValueError:
        raise node.fail(f"“{word}” is not a time of day such as 10:30") from None


def _plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(child) for child in node.value]
    return node.word(r"[\s\S]*", most=10**9) if isinstance(node.value, str) else node.value


_KINDS: tuple[tuple[Any, Callable[[Field, Node], Any]], ...] = (
    (MultilingualField, lambda _, node: node.text(exact=True)),
    (models.ForeignKey, lambda _, node: node.word(r"media/[A-Za-z0-9._-]+", "a file in media/")),
    (models.DateTimeField, lambda _, node: _moment(node)),
    (models.TimeField, lambda _, node: _time(node)),
    (models.BooleanField, lambda _, node: node.one_of(["yes", "no"]) == "yes"),
    (models.FloatField, lambda _, node: float(node.number(-1e300, 1e300))),
    (models.IntegerField, lambda field, node: node.whole(*_RANGES[field.get_internal_type()])),
    (models.JSONField, lambda _, node: _plain(node)),
    ((models.CharField, models.TextField), _words),
)
"""What is understood by the kind of a field; the first that fits. A field of no such kind cannot travel."""


def travels(field: Field) -> bool:
    """Whether a column of this kind can be said in a pack at all."""
    if isinstance(field, models.ForeignKey):
        return field.related_model is Medium
    return any(isinstance(field, kind) for kind, _ in _KINDS)
