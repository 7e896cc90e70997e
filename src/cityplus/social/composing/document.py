"""What stands in the form, as plain values: nothing of it is checked but its shape, so that nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.http import QueryDict

from cityplus.languages.tags import LanguageError, check_tag
from cityplus.social.writing import OPTIONS, PICTURES

MOST_LANGUAGES = 12
WHO = ("who_replies", "who_boosts", "who_quotes")
Words = dict[str, str]
"""What was typed, by language."""


@dataclass
class Item:
    """A medium in the form: what is written of it, by language. ``heard`` is what is said in a film or a sound."""

    medium: int
    alt: Words = field(default_factory=dict)
    heard: Words = field(default_factory=dict)


@dataclass
class Document:
    """A form. ``languages`` are its tabs, in order; ``original`` is one of them. Moments are as a ``datetime-local`` field has them,
    on the clocks of the voice. ``options`` are the answers of a poll, empty where there is none."""

    languages: list[str]
    original: str = ""
    text: Words = field(default_factory=dict)
    note: Words = field(default_factory=dict)
    audience: str = "public"
    who_replies: str = "everyone"
    who_boosts: str = "everyone"
    who_quotes: str = "everyone"
    space: str = ""
    asks: str = ""
    reply_to: int = 0
    quote: int = 0
    attach: str = ""
    media: list[Item] = field(default_factory=list)
    options: list[Words] = field(default_factory=list)
    poll_ends: str = ""
    poll_many: bool = False
    due: str = ""

    def __post_init__(self) -> None:
        self.languages = list(dict.fromkeys(tag for tag in self.languages if _is_tag(tag)))[:MOST_LANGUAGES] or ["en"]
        if self.original not in self.languages:
            self.original = self.languages[0]

    @classmethod
    def posted(cls, form: QueryDict) -> Document:
        """What was sent. Fields that are none of ours are let be, and so is what has another shape than the form gives it."""
        made = cls(form.getlist("language"), form.get("original", ""))
        for name in ("audience", *WHO, "space", "asks", "attach", "poll_ends", "due"):
            if name in form:
                setattr(made, name, form[name].strip()[:300])
        made.text, made.note = made._typed(form, "text"), made._typed(form, "note")
        made.reply_to, made.quote = whole(form.get("reply_to")), whole(form.get("quote"))
        numbers = dict.fromkeys(number for value in form.getlist("medium") if (number := whole(value)))
        made.media = [
            Item(
                number, made._typed(form, f"alt-{number}", empty=True), made._typed(form, f"heard-{number}", empty=True)
            )
            for number in list(numbers)[: PICTURES * 2]
        ]
        if form.get("poll") == "1":
            count = min(max(whole(form.get("poll_options")), OPTIONS[0]), OPTIONS[-1])
            made.options = [made._typed(form, f"option-{number}") for number in range(count)]
            made.poll_many = form.get("poll_many") == "1"
        return made

    def _typed(self, form: QueryDict, name: str, *, empty: bool = False) -> Words:
        """What stands in the fields of this name; ``empty`` ones too, where emptying one says something."""
        sent = {tag: form[f"{name}-{tag}"] for tag in self.languages if f"{name}-{tag}" in form}
        typed = {tag: words.replace("\r\n", "\n").replace("\0", "") for tag, words in sent.items()}
        return {tag: words for tag, words in typed.items() if words or empty}

    @classmethod
    def kept(cls, value: Mapping[str, Any]) -> Document:
        """What was kept by :meth:`as_json`, also by an older program."""
        known = {f.name for f in fields(cls)}
        made = cls(**{"languages": [], **{name: one for name, one in value.items() if name in known}})
        made.media = [Item(**item) if isinstance(item, dict) else item for item in made.media]
        return made

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def add_language(self, tag: str) -> bool:
        """Give it one more tab; false when the tag is none, or there is no room."""
        if not _is_tag(tag) or len(self.languages) >= MOST_LANGUAGES:
            return False
        if tag not in self.languages:
            self.languages.append(tag)
        return True

    def drop_language(self, tag: str) -> None:
        """Take a tab away with all that was typed there; the last one stays."""
        if tag not in self.languages or len(self.languages) == 1:
            return
        self.languages.remove(tag)
        both = [words for item in self.media for words in (item.alt, item.heard)]
        for words in (self.text, self.note, *self.options, *both):
            words.pop(tag, None)
        if self.original == tag:
            self.original = self.languages[0]

    def add_medium(self, number: int) -> None:
        if number not in {item.medium for item in self.media}:
            self.media.append(Item(number))

    @property
    def excerpt(self) -> str:
        """The beginning of what was written, for a list."""
        words = " ".join((self.text.get(self.original) or next(iter(self.text.values()), "")).split())
        return words if len(words) <= 160 else f"{words[:159]}…"

    @property
    def blank(self) -> bool:
        """Whether nothing was written in it yet."""
        typed = (*self.text.values(), *self.note.values(), *(w for o in self.options for w in o.values()))
        return not any(words.strip() for words in typed) and not self.media and not self.attach


def _is_tag(tag: Any) -> bool:
    try:
        check_tag(tag)
    except LanguageError:
        return False
    return True


def whole(value: Any) -> int:
    """A number of ours; 0 for what is none."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
