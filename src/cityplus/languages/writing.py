"""Texts in several languages as fields of a form: one field a language, ``title.nl``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus.languages.tags import UI_LANGUAGES
from cityplus.languages.text import Text, Version
from cityplus.lib import signs

MOST = 2_000
"""Letters of one version, where nothing else is said."""


@dataclass(frozen=True)
class Row:
    """One language of a field."""

    name: str
    tag: str
    value: str
    hint: str = ""


@dataclass(frozen=True)
class Words:
    """A field with its languages: ``first`` those that are asked for, ``more`` the others."""

    name: str
    label: Any
    first: list[Row]
    more: list[Row]
    lines: bool = False
    hint: Any = ""
    error: str = ""


def all_languages(first: Iterable[str], *texts: Text) -> list[str]:
    """The languages that may be written in: these first, then those that are there, then all of the interface."""
    there = (tag for text in texts for tag in text.languages)
    return list(dict.fromkeys([*first, *there, *(language.tag for language in UI_LANGUAGES)]))


def field(
    name: str, label: Any, text: Text, first: Sequence[str], data: Mapping[str, str] | None = None, **more: Any
) -> Words:
    """A text as a field, with what was typed in place of what is kept; ``hints`` by language say what is read where nothing is."""
    hints: Mapping[str, str] = more.pop("hints", {})
    rows = []
    for tag in all_languages(first, text):
        kept = text.versions[tag].text if tag in text.versions else ""
        key = f"{name}.{tag}"
        rows.append(Row(key, tag, data.get(key, "") if data is not None else kept, hints.get(tag, "")))
    shown = {*first, *(row.tag for row in rows if row.value)}
    return Words(name, label, [r for r in rows if r.tag in shown], [r for r in rows if r.tag not in shown], **more)


def written(
    name: str,
    data: Mapping[str, str],
    before: Text,
    first: Sequence[str],
    by: str,
    *,
    most: int = MOST,
    line: bool = False,
) -> Text:
    """The text that a form says, in one ``line`` or in many. A version that stays as it was keeps its state; the original stays the
    original while it is there.

    Raises:
        ValueError: a version is too long; the message is a sentence.
    """
    versions = {}
    for tag in all_languages(first, before):
        words = (signs.line if line else signs.lines)(data.get(f"{name}.{tag}", ""))
        if len(words) > most:
            raise ValueError(_("The text is too long: at most %(most)s characters.") % {"most": most})
        kept = before.versions.get(tag)
        if words:
            now = timezone.now().isoformat(timespec="seconds")
            versions[tag] = kept if kept and kept.text == words else Version(words, "author", by, now)
    if not versions:
        return Text()
    return Text(before.original if before.original in versions else next(iter(versions)), versions)
