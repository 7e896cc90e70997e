"""The words of one medium as its page edits them: the original, and beside it one version in another language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus.cities.models import City, Rules
from cityplus.languages.tags import UI_LANGUAGES, name_of, reader_tag
from cityplus.languages.text import Text, Version
from cityplus.media.errors import Malformed
from cityplus.media.models import Medium
from cityplus.media.uploads import LONGEST

TEXTS: Mapping[str, Sequence[str]] = {
    "picture": ("alt", "title"),
    "film": ("title", "transcript"),
    "sound": ("title", "transcript"),
}
LABELS: Mapping[str, Any] = {
    "alt": gettext_lazy("What one sees, for those who do not see it"),
    "title": gettext_lazy("Title"),
    "transcript": gettext_lazy("What is heard, in writing"),
}
LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{1,39}")


@dataclass(frozen=True, slots=True)
class Field:
    """One text of a medium in two languages: the original, and the one that is translated into."""

    name: str
    label: Any
    needed: bool
    original: Version | None
    version: Version | None
    outdated: bool


def original_of(medium: Medium, city: City) -> str:
    """The language that the words of a medium were or will be written in first."""
    texts = [getattr(medium, name) for name in ("alt", "title", "transcript")]
    said = next((text.original for text in texts if text), "")
    return said or next(iter(city.languages), "") or city.actor.native_language or "en"


def languages_of(medium: Medium, city: City) -> list[dict[str, Any]]:
    """The languages that the page offers: those there are, those that the city asks for, and those of the interface; with how the
    words stand in each: a state, ``outdated``, or nothing."""
    texts = [text for name in TEXTS[medium.kind] if (text := getattr(medium, name))]
    present = [tag for text in texts for tag in text.languages]
    asked = [*Rules.of(city).languages, *city.languages, *(language.tag for language in UI_LANGUAGES)]
    first = original_of(medium, city)
    tags = list(dict.fromkeys([first, *present, *asked]))
    return [
        {"tag": tag, "name": name_of(tag, reader_tag()), "original": tag == first, "state": _state(texts, tag)}
        for tag in tags
    ]  # fmt: skip


def _state(texts: Sequence[Text], tag: str) -> str:
    versions = [(text, text.versions[tag]) for text in texts if tag in text.versions]
    if any(outdated(text, tag) for text, _version in versions):
        return "outdated"
    states = {version.state for _text, version in versions}
    return next((state for state in ("machine", "reviewed", "author") if state in states), "")


def outdated(text: Text, tag: str) -> bool:
    """Whether the original was changed after this version was written."""
    version, original = text.versions.get(tag), text.versions.get(text.original)
    if not version or not original or tag == text.original:
        return False
    return bool(version.at and original.at) and version.at < original.at


def fields_of(medium: Medium, tag: str, city: City) -> list[Field]:
    """The texts of a medium beside one another."""
    first = original_of(medium, city)
    found = []
    for name in TEXTS[medium.kind]:
        text: Text = getattr(medium, name)
        version = text.versions.get(tag) if tag != first else None
        needed = name in {"picture": ("alt",), "film": ("title",), "sound": ("title", "transcript")}[medium.kind]
        found.append(Field(name, LABELS[name], needed, text.versions.get(first), version, outdated(text, tag)))
    return found


def said(post: Mapping[str, str], medium: Medium, city: City, *, whole: bool) -> dict[str, Any]:
    """What a form says of a medium, by its columns; what it does not say stays out. Without ``whole``, the versions in other
    languages alone are listened to.

    Raises:
        Malformed: something cannot be kept; the message says what.
    """
    first, tag = original_of(medium, city), post.get("tag", "")
    if not getattr(medium, TEXTS[medium.kind][0]) and whole:
        first = post.get("original_language", first)
    by, at = f"@{city.handle}", timezone.now().isoformat(timespec="seconds")
    values: dict[str, Any] = {}
    for name in TEXTS[medium.kind]:
        text: Text = getattr(medium, name)
        if whole and name in post:
            text = _put(text, first, _words(post, name), by, at)
        if tag and tag != first and f"{name}_version" in post:
            text = _put_version(text, tag, post, name, by, at)
        values[name] = text
    if whole:
        values |= _plain(post)
    return values


def _words(post: Mapping[str, str], key: str) -> str:
    words = post.get(key, "").replace("\r\n", "\n").strip()
    most = LONGEST * (10 if key.startswith("transcript") else 1)
    if len(words) > most:
        raise Malformed(_("The text is too long: at most %(most)s characters.") % {"most": most})
    return words


def _put(text: Text, first: str, words: str, by: str, at: str) -> Text:
    first = text.original or first
    present = text.versions.get(first)
    if present and present.text == words:
        return text
    rest = {tag: version for tag, version in text.versions.items() if tag != first}
    if words:
        return Text(first, {first: Version(words, "author", by, at), **rest})
    if rest:
        raise Malformed(_("There are translations of this text: change it, or take them away first."))
    return Text()


def _put_version(text: Text, tag: str, post: Mapping[str, str], name: str, by: str, at: str) -> Text:
    words, present = _words(post, f"{name}_version"), text.versions.get(tag)
    if present and present.text == words:
        if post.get(f"{name}_reviewed") and (present.state == "machine" or outdated(text, tag)):
            return Text(text.original, {**text.versions, tag: Version(words, "reviewed", by, at)})
        return text
    rest = {language: version for language, version in text.versions.items() if language != tag}
    if not words:
        return Text(text.original, rest)
    if not text:
        raise Malformed(_("Write the original first; then it can be translated."))
    return Text(text.original, {**rest, tag: Version(words, "author", by, at)})


def _plain(post: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "credit" in post:
        values["credit"] = " ".join(post["credit"].split())
        if len(values["credit"]) > 200:
            raise Malformed(_("The text is too long: at most %(most)s characters.") % {"most": 200})
    if "licence" in post:
        values["licence"] = post["licence"].strip()
        if values["licence"] and not LICENCE.fullmatch(values["licence"]):
            raise Malformed(_("A licence is an SPDX identifier such as CC-BY-4.0."))
    for name in ("focal_x", "focal_y"):
        if name in post:
            values[name] = _share(post[name])
    return values


def _share(words: str) -> float:
    """A percentage as a part of one."""
    if not re.fullmatch(r"\d{1,3}([.,]\d{1,4})?", words.strip(), re.ASCII) or float(words.replace(",", ".")) > 100:
        raise Malformed(_("The focal point is two numbers from 0 to 100."))
    return round(float(words.replace(",", ".")) / 100, 4)
