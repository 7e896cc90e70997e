"""The languages of the user interface, and what we know of a language tag."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class UiLanguage:
    """``tag`` is BCP 47, ``code`` Django's (and the prefix in the address), ``name`` the language's own name."""

    tag: str
    code: str
    name: str

    @property
    def rtl(self) -> bool:
        return direction(self.tag) == "rtl"


UI_LANGUAGES = (
    UiLanguage("en", "en", "English"),
    UiLanguage("zh-Hans", "zh-hans", "简体中文"),
    UiLanguage("ar", "ar", "العربية"),
    UiLanguage("ja", "ja", "日本語"),
    UiLanguage("fr", "fr", "Français"),
    UiLanguage("bg", "bg", "Български"),
    UiLanguage("nl", "nl", "Nederlands"),
)
"""The languages of the first nine members; English is the one without a prefix."""

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_RTL = {"ar", "fa", "he", "ur", "yi", "ps", "dv", "ug", "sd"}


class LanguageError(ValueError):
    """A language tag or a text that cannot be understood; the message says which."""


def check_tag(tag: str) -> str:
    """Return the tag when it is BCP 47 as we write it (``nl``, ``zh-Hans``, ``pt-BR``).

    Raises:
        LanguageError: it is not, with the nearest right spelling where we know one.
    """
    if not isinstance(tag, str) or not _is_tag(tag):
        hint = next((u.tag for u in UI_LANGUAGES if str(tag).lower().replace("_", "-") == u.code), "")
        raise LanguageError(f"“{tag}” is not a language tag" + (f": write {hint}" if hint else ""))
    return tag


@lru_cache(maxsize=1024)
def _is_tag(tag: str) -> bool:
    """Kept, for every text that is read from the database asks it for each of its languages."""
    return bool(_TAG.fullmatch(tag))


def tag_of(code: str) -> str:
    """The BCP 47 tag of a Django language code (``zh-hans`` → ``zh-Hans``)."""
    return next((language.tag for language in UI_LANGUAGES if language.code == code), code)


def reader_tag() -> str:
    """The BCP 47 tag of the language that the page in hand is written in."""
    return tag_of(get_language() or "en")


def direction(tag: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if tag.partition("-")[0] in _RTL else "ltr"


@lru_cache(maxsize=128)
def locale_of(tag: str) -> Locale:
    """Babel's locale for a tag; English where CLDR does not know it. Chinese gets its region, for regions hold formats."""
    try:
        return Locale.parse({"zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_TW"}.get(tag, tag.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


@lru_cache(maxsize=512)
def name_of(tag: str, reader: str) -> str:
    """What a language is called in the reader's language (``nl`` for a French reader: ``néerlandais``)."""
    names = locale_of(reader).languages
    return names.get(tag.replace("-", "_")) or names.get(tag.partition("-")[0]) or tag
