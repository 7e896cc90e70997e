"""Tags that read multilingual texts and write numbers, dates and distances for the reader."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cityplus.languages import formats
from cityplus.languages.markup import paragraphs
from cityplus.languages.tags import direction, name_of, reader_tag
from cityplus.languages.text import Text

register = template.Library()


@register.filter
def plain(text: Text | None) -> str:
    """The words for this reader and nothing else: for titles, attributes and descriptions."""
    return text.in_language(reader_tag()) if text else ""


@register.filter
def inline(text: Text | None) -> SafeString | str:
    """The words for this reader, marked with their language where it is not the page's."""
    reading = text.read((reader_tag(),)) if text else None
    if reading is None:
        return ""
    if reading.language == reader_tag():
        return reading.text
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', reading.language, reading.dir, reading.text)


@register.filter
def native(text: Text | None) -> SafeString | str:
    """The original words in their own script."""
    if not text:
        return ""
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', text.original, direction(text.original), str(text))


@register.filter
def second_name(text: Text | None) -> SafeString | str:
    """The reader's name for something whose own name stands beside it; empty when the two are the same."""
    return inline(text) if text and plain(text) != str(text) else ""


@register.filter
def names(text: Text | None) -> SafeString | str:
    """The name of its own, and beside it the reader's where that is another."""
    own, second = native(text), second_name(text)
    return format_html('{}<span class="second-name"> {}</span>', own, second) if second else own


@register.inclusion_tag("languages/text.html")
def multilingual(text: Text | None, css: str = "") -> dict[str, Any]:
    """A text to read: the version for this reader, how it came to be, its original, and both side by side."""
    reading = text.read((reader_tag(),)) if text else None
    context: dict[str, Any] = {"reading": reading, "css": css, "page_tag": reader_tag()}
    if reading:
        context |= {
            "html": paragraphs(reading.text),
            "language_name": name_of(reading.language, reader_tag()),
            "original_name": name_of(reading.original_language, reader_tag()),
            "original_dir": direction(reading.original_language),
            "original_html": paragraphs(reading.original.text) if reading.original else "",
            "other_language": reading.language.split("-")[0] != reader_tag().split("-")[0],
        }
    return context


@register.filter
def language_name(tag: str) -> str:
    return name_of(tag, reader_tag())


@register.filter
def text_dir(tag: str) -> str:
    return direction(tag)


@register.filter
def number(value: float) -> str:
    return formats.number(value, reader_tag())


@register.filter
def metres(value: float) -> str:
    return formats.distance(value, reader_tag())


@register.filter
def minutes(value: int) -> str:
    return formats.duration(value, reader_tag())


@register.filter
def clock(zone: str) -> str:
    """The time of day now in an IANA zone."""
    return formats.clock(timezone.now(), zone, reader_tag())


@register.filter
def utc_offset(zone: str) -> str:
    return formats.offset(timezone.now(), zone)


@register.filter
def at_zone(moment: datetime, zone: str) -> str:
    """Date and time on the clocks of an IANA zone."""
    return formats.moment(moment, zone, reader_tag())


@register.filter
def partial_date(value: str) -> str:
    return formats.partial_date(value, reader_tag()) if value else ""


@register.filter
def day(value: datetime) -> str:
    return formats.day(value, reader_tag())


@register.filter
def country(code: str) -> str:
    return formats.country(code, reader_tag())


@register.filter
def comma_list(items: list[str]) -> str:
    return formats.comma_list(items, reader_tag())
