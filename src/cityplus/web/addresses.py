"""Addresses in several languages: English at the root, every other language under its prefix."""

from __future__ import annotations

from django.conf import settings

from cityplus.languages.tags import UI_LANGUAGES

_PREFIXES = {language.code for language in UI_LANGUAGES if language.code != "en"}


def bare(path: str) -> str:
    """The path without its language prefix: ``/nl/cities/`` → ``/cities/``. Always of this host: it never begins with ``//``."""
    first, _, rest = path.lstrip("/").partition("/")
    return "/" + (rest if first in _PREFIXES else path).lstrip("/")


def in_language(path: str, code: str) -> str:
    """The same page in another language."""
    return bare(path) if code == "en" else f"/{code}{bare(path)}"


def absolute(path: str) -> str:
    """The full public address of a path."""
    return f"{settings.CITYPLUS.public_url}{path}"
