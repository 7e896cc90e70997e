"""The multilingual text itself, as a plain value: no database, no request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from cityplus.languages.tags import LanguageError, check_tag, direction

STATES = ("author", "machine", "reviewed")
"""How a version came to be: written by its author; made by a machine or not yet read by a person; read and approved."""


@dataclass(frozen=True, slots=True)
class Version:
    """One language version. ``by`` names who wrote or approved it, ``at`` is ISO 8601; both may be unknown."""

    text: str
    state: str = "author"
    by: str = ""
    at: str = ""

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise LanguageError(f"“{self.state}” is not a state of a text: {', '.join(STATES)}")
        if self.at:
            try:
                datetime.fromisoformat(self.at)
            except ValueError:
                raise LanguageError(f"“{self.at}” is not a date and time in ISO 8601") from None

    @property
    def moment(self) -> datetime | None:
        """When it was written or approved, as a moment in UTC where no zone is said; None where nobody knows."""
        if not self.at:
            return None
        moment = datetime.fromisoformat(self.at)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def is_older_than(self, other: Version) -> bool:
        """Whether the other one is known to be later than this one."""
        mine, theirs = self.moment, other.moment
        return bool(mine and theirs and theirs > mine)


@dataclass(frozen=True, slots=True)
class Reading:
    """The version that one reader sees, and the original beside it when that is another one."""

    language: str
    version: Version
    original_language: str
    original: Version | None

    @property
    def text(self) -> str:
        return self.version.text

    @property
    def is_original(self) -> bool:
        return self.language == self.original_language

    @property
    def outdated(self) -> bool:
        """Whether the original was changed after this version."""
        return bool(self.original and self.version.is_older_than(self.original))

    @property
    def dir(self) -> str:
        return direction(self.language)


@dataclass(frozen=True, slots=True)
class Text:
    """A text in several languages.

    Empty when it has no version. Otherwise ``original`` is one of its languages.

    Raises:
        LanguageError: a tag is malformed, or the original is not among the versions.
    """

    original: str = ""
    versions: Mapping[str, Version] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for tag in self.versions:
            check_tag(tag)
        if self.versions and self.original not in self.versions:
            raise LanguageError(
                f"the original ({self.original or 'not said'}) is missing; "
                f"there is only {', '.join(sorted(self.versions))}"
            )

    def __bool__(self) -> bool:
        return bool(self.versions)

    def __str__(self) -> str:
        """The original's words, for logs and the shell; pages use :meth:`read`."""
        return self.versions[self.original].text if self.versions else ""

    @classmethod
    def of(cls, original: str, **words: str) -> Text:
        """A text from plain words: the original by its author, the others by a machine. ``zh_Hans`` means ``zh-Hans``."""
        return cls(
            original,
            {
                tag.replace("_", "-"): Version(text, "author" if tag.replace("_", "-") == original else "machine")
                for tag, text in words.items()
            },
        )

    @property
    def languages(self) -> list[str]:
        """The languages there are, the original first."""
        return sorted(self.versions, key=lambda tag: (tag != self.original, tag))

    def is_outdated(self, tag: str) -> bool:
        """Whether the original was changed after this version, as far as the moments of both are known; false where there is none."""
        version = self.versions.get(tag)
        return bool(version and tag != self.original and version.is_older_than(self.versions[self.original]))

    def read(self, preferred: Sequence[str]) -> Reading | None:
        """The best version for a reader: their languages in order, a near relative, English, else the original."""
        if not self.versions:
            return None
        language = self._best(preferred)
        original = None if language == self.original else self.versions[self.original]
        return Reading(language, self.versions[language], self.original, original)

    def in_language(self, tag: str) -> str:
        """The words for readers of one language, with the same fall-back; empty for an empty text."""
        reading = self.read((tag,))
        return reading.text if reading else ""

    def with_version(self, tag: str, version: Version) -> Text:
        """A copy with this version added or replaced.

        Raises:
            LanguageError: a machine would overwrite what an author wrote or a person approved.
        """
        present = self.versions.get(tag)
        if present and version.state == "machine" and present.state != "machine":
            raise LanguageError(f"the {tag} version is {present.state}: a machine does not overwrite it")
        return replace(self, original=self.original or tag, versions={**self.versions, tag: version})

    def _best(self, preferred: Sequence[str]) -> str:
        for tag in preferred:
            if tag in self.versions:
                return tag
            relative = next((have for have in self.languages if have.split("-")[0] == tag.split("-")[0]), None)
            if relative:
                return relative
        return "en" if "en" in self.versions else self.original

    def as_json(self) -> dict[str, Any]:
        """The stored shape: ``{"original": tag, "versions": {tag: {"text", "state", "by", "at"}}}``."""
        return {
            "original": self.original,
            "versions": {
                tag: {k: v for k, v in (("text", w.text), ("state", w.state), ("by", w.by), ("at", w.at)) if v}
                for tag, w in self.versions.items()
            },
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any] | None) -> Text:
        """Read the stored shape; nothing is an empty text.

        Raises:
            LanguageError: the value has another shape.
        """
        if not value:
            return cls()
        try:
            return cls(value["original"], {t: Version(**{"text": "", **v}) for t, v in value["versions"].items()})
        except (AttributeError, KeyError, TypeError):
            raise LanguageError("a stored text has the shape {original, versions: {tag: {text, state…}}}") from None
