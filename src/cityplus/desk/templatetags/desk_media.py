"""How the desk writes of media: sizes, lengths, kinds."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.media.models import Medium, Rendition

register = template.Library()


@register.filter
def megabytes(size: int) -> str:
    """Bytes as kilobytes, megabytes or gigabytes."""
    for least, name in ((10**9, "GB"), (10**6, "MB")):
        if size >= least:
            return f"{formats.number(round(size / least, 1 if size < 100 * least else 0), reader_tag())} {name}"
    return f"{formats.number(-(-size // 1000), reader_tag())} kB"


@register.filter
def clock_length(seconds: float) -> str:
    """``1:05`` for 65 seconds."""
    whole = round(seconds)
    hours = f"{whole // 3600}:" if whole >= 3600 else ""
    minutes = f"{whole // 60 % 60:02}" if hours else str(whole // 60)
    return f"{hours}{minutes}:{whole % 60:02}"


@register.filter
def kind_name(kind: str) -> str:
    return {"picture": _("Picture"), "film": _("Film"), "sound": _("Sound")}[kind]


@register.filter
def state_name(state: str) -> str:
    """How a version of a text came to be, in a few words."""
    known = {
        "author": _("by its author"),
        "machine": _("by a machine, not read yet"),
        "reviewed": _("read and approved"),
        "outdated": _("the original was changed since"),
    }
    return known.get(state, _("not there yet"))


@register.filter
def preview_of(medium: Medium) -> Rendition | None:
    """A picture of it that is large enough to work on."""
    return medium.best("image/jpeg", 960)


@register.filter
def get(mapping: dict[str, object], key: str) -> object:
    """What a mapping holds under a key; None for nothing."""
    return mapping.get(key)
