"""Words in several languages in a form: a row for each language, the original first (``tongue_0``, ``title_0``, ``story_0``…)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus.languages.tags import LanguageError, check_tag
from cityplus.languages.text import Text, Version
from cityplus.languages.typed import texts_typed
from cityplus.lib import signs
from cityplus.opportunities.errors import OpportunityError

ROWS = 12
LENGTHS = {"title": 120, "story": 4000, "place": 120, "words": 1000}


@dataclass(frozen=True, slots=True)
class Row:
    """One language of a form, with what stands in its fields."""

    number: int
    tag: str
    words: Mapping[str, str]

    @property
    def title(self) -> str:
        return self.words.get("title", "")

    @property
    def story(self) -> str:
        return self.words.get("story", "")

    @property
    def place(self) -> str:
        return self.words.get("place", "")


def rows_of(texts: Mapping[str, Text], first: str) -> list[Row]:
    """What there is, a row a language, and an empty one more."""
    tags = list(dict.fromkeys(tag for text in texts.values() for tag in text.languages)) or [first]
    there = [Row(number, tag, {key: _in(text, tag) for key, text in texts.items()}) for number, tag in enumerate(tags)]
    return [*there, Row(len(there), "", {})][:ROWS]


def rows_sent(sent: Mapping[str, Any], keys: Sequence[str]) -> list[Row]:
    """The rows as they were sent, and one more where that is asked (``more``)."""
    found = []
    for number in range(ROWS):
        if f"tongue_{number}" in sent:
            words = {key: signs.lines(str(sent.get(f"{key}_{number}", ""))) for key in keys}
            found.append(Row(number, str(sent[f"tongue_{number}"]), words))
    extra = [Row(len(found), "", {})] if "more" in sent and len(found) < ROWS else []
    return [*found, *extra] or [Row(0, "", {})]


def texts_of(rows: Sequence[Row], keys: Sequence[str], was: Mapping[str, Text]) -> dict[str, Text]:
    """The texts that were sent, as :func:`texts_typed` reads them.

    Raises:
        OpportunityError: words in no language, twice in one, or too many of them.
    """
    found: dict[str, Mapping[str, str]] = {}
    for row in rows:
        if not any(row.words.values()):
            continue
        tag = _tag(row.tag)
        if tag in found:
            raise OpportunityError(_("There are two rows in one language: %(language)s.") % {"language": tag})
        for key in keys:
            if len(row.words.get(key, "")) > LENGTHS[key]:
                raise OpportunityError(_("At most %(most)s letters here.") % {"most": LENGTHS[key]})
        found[tag] = row.words
    return texts_typed(found.items(), keys, was)


def said(words: str, tag: str) -> Text:
    """What somebody wrote in one language; empty where they wrote nothing.

    Raises:
        OpportunityError: it is in no language.
    """
    plain = signs.lines(words)
    at = timezone.now().isoformat(timespec="seconds")
    return Text(_tag(tag), {tag: Version(plain, "author", at=at)}) if plain else Text()


def _tag(tag: str) -> str:
    try:
        return check_tag(tag)
    except LanguageError:
        raise OpportunityError(_("Say in which language this is.")) from None


def _in(text: Text, tag: str) -> str:
    version = text.versions.get(tag)
    return version.text if version else ""
