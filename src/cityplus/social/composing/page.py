"""What the form shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cityplus.actors.models import Actor
from cityplus.languages.tags import UI_LANGUAGES, direction, name_of, reader_tag
from cityplus.media.bounds import Bounds
from cityplus.media.models import Medium
from cityplus.social import attachments
from cityplus.social.composing import zones
from cityplus.social.composing.about import About, spaces_of
from cityplus.social.composing.document import Document, Item
from cityplus.social.models import Post, Profile, Sheet
from cityplus.social.writing import LONGEST, NOTE, OPTION, OPTIONS, PICTURES

OTHERS = (
    "af", "bn", "cs", "da", "de", "el", "es", "et", "fa", "fi", "ga", "he", "hi", "hr", "hu", "id", "it", "kk", "ko", "lt", "lv", "ms",
    "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "th", "tl", "tr", "uk", "ur", "uz", "vi", "xh", "zh-Hant", "zu",
)  # fmt: skip
"""Languages that are offered beside those of the interface and of the writer."""
AUDIENCES = {
    "public": _("Everybody"),
    "followers": _("Followers only"),
    "mentioned": _("Only those whom I mention"),
}
WHO = {
    "everyone": _("Everybody who sees it"),
    "followers": _("Followers"),
    "pair": _("The two cities of the pair, and their residents"),
    "nobody": _("Nobody"),
}
RECENT = 12
"""Pictures that the writer has already, offered for picking."""


@dataclass
class Page:
    """One form: who writes what, about what, and what is wrong with it. ``open`` is the language that is in sight."""

    document: Document
    author: Actor
    voices: Sequence[Actor]
    about: About
    nonce: str
    troubles: Mapping[str, str] = field(default_factory=dict)
    sheet: Sheet | None = None
    editing: Post | None = None
    open: str = ""
    zone: str = "UTC"

    def __post_init__(self) -> None:
        self.zone = zones.zone_of(self.author)

    @property
    def action(self) -> str:
        """Where the form is sent."""
        if self.editing:
            return reverse("social:versions", args=[self.editing.author.handle, self.editing.pk])
        return self.about.address

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """A tab for each language, with what was typed in it."""
        document = self.document
        return [
            named(tag)
            | {
                "text": document.text.get(tag, ""),
                "note": document.note.get(tag, ""),
                "original": tag == document.original,
            }
            for tag in document.languages
        ]

    @property
    def more_languages(self) -> list[dict[str, Any]]:
        """Those that can be added: the interface's first, then by their names."""
        first = [language.tag for language in UI_LANGUAGES]
        tags = dict.fromkeys([*first, *sorted(OTHERS, key=lambda tag: name_of(tag, reader_tag()))])
        return [named(tag) for tag in tags if tag not in self.document.languages]

    @property
    def items(self) -> list[dict[str, Any]]:
        """The media, in their order, each with its fields."""
        rows = Medium.objects.with_renditions().in_bulk([item.medium for item in self.document.media])
        found = [(item, rows.get(item.medium)) for item in self.document.media]
        return [
            item_fields(medium, item, self.document.languages, number)
            for number, (item, medium) in enumerate(found, 1)
            if medium and medium.owner_id == self.author.pk
        ]

    @property
    def options(self) -> list[dict[str, Any]]:
        """The answers of the poll, each with a field for each language."""
        tags = self.document.languages
        return [
            {"number": number, "fields": [named(tag) | {"words": words.get(tag, "")} for tag in tags]}
            for number, words in enumerate(self.document.options)
        ]

    @property
    def recent(self) -> list[Medium]:
        """Pictures of the author that are not in the form yet."""
        taken = [item.medium for item in self.document.media]
        pictures = Medium.objects.own().with_renditions().filter(owner=self.author, kind=Medium.Kind.PICTURE)
        return list(pictures.exclude(pk__in=taken).order_by("-pk")[:RECENT])

    def context(self) -> dict[str, Any]:
        """All of it for the template."""
        media, document = self.items, self.document
        return {
            "page": self,
            "document": document,
            "troubles": self.troubles,
            "items": media,
            "takes_media": not self.editing
            and len(media) < PICTURES
            and all(m["medium"].kind == "picture" for m in media),
            "spaces": [] if self.about.reply_to else spaces_of(self.author),
            "offered": [] if self.editing else attachments.offered(self.author),
            "audiences": AUDIENCES,
            "who": WHO,
            "longest": LONGEST,
            "longest_note": NOTE,
            "longest_option": OPTION,
            "largest": Bounds.now().largest,
            "more_options": len(document.options) < OPTIONS[-1],
            "least": local(timezone.now(), self.zone),
        }


def item_fields(medium: Medium, item: Item, tags: Iterable[str], number: int) -> dict[str, Any]:
    """A medium with its fields: what was typed, else what was said of it before."""
    fields = [
        named(tag)
        | {
            "alt": item.alt.get(tag, said(medium.alt, tag)),
            "heard": item.heard.get(tag, said(medium.transcript, tag)),
        }
        for tag in tags
    ]
    return {"medium": medium, "number": number, "fields": fields}


def said(text: Any, tag: str) -> str:
    version = text.versions.get(tag)
    return version.text if version else ""


def named(tag: str) -> dict[str, Any]:
    """A language as the form names it."""
    return {"tag": tag, "name": name_of(tag, reader_tag()), "own": name_of(tag, tag), "dir": direction(tag)}


def local(moment: datetime, zone: str) -> str:
    """A moment as a ``datetime-local`` field has it, on the clocks of a zone."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def fresh(author: Actor, about: About, *, asks: str = "", space: str = "") -> Document:
    """A form nobody has written in: in the writer's first language, and for whom what it answers was for."""
    document = Document([_first_language(author)], asks=asks, space=space)
    answered = about.reply_to
    if answered:
        document.reply_to = answered.pk
        document.audience = answered.audience
        if answered.author_id != author.pk:
            document.text = {document.original: f"@{answered.author.handle} "}
    elif about.quote:
        document.quote = about.quote.pk
    return document


def begin_poll(document: Document, zone: str) -> None:
    """Give it a poll of two answers that is open for a day, unless it has one."""
    if not document.options:
        document.options = [{}, {}]
        document.poll_ends = local(timezone.now() + timedelta(days=1), zone)


def _first_language(author: Actor) -> str:
    """That of the page, when the writer writes it; else the first that they read; else the page's."""
    home = Profile.objects.filter(actor=author).values_list("languages", flat=True).first()
    known = home or list(author.names.languages)
    here = reader_tag()
    return here if not known or here in known else str(known[0])
