"""Texts out of a form that has a row for each language, the original first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from cityplus.languages.text import Text, Version

Typed = tuple[str, Mapping[str, str]]
"""The tag of a row's language, and its words by the name of their text."""


def texts_typed(rows: Iterable[Typed], keys: Sequence[str], was: Mapping[str, Text], by: str = "") -> dict[str, Text]:
    """The texts that were typed, of rows in languages of which each is there once. A version that is as it was stays as it was, but a
    machine's of another original; one without words is none."""
    at = timezone.now().isoformat(timespec="seconds")
    found = {key: Text() for key in keys}
    for tag, words in rows:
        for key in keys:
            if typed := words.get(key, ""):
                there = was.get(key, Text()).versions.get(tag)
                version = there if there and there.text == typed else Version(typed, "author", by, at)
                found[key] = Text(found[key].original or tag, {**found[key].versions, tag: version})
    return {key: _fresh(text, was.get(key, Text())) for key, text in found.items()}


def _fresh(text: Text, was: Text) -> Text:
    """What machines made of another original is made anew."""
    if not text or str(text) == str(was):
        return text
    kept = {tag: one for tag, one in text.versions.items() if one.state != "machine"}
    return Text(text.original, kept) if text.original in kept else text
