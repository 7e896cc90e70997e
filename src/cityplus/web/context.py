"""What every page's frame needs: its language, the same page in the others, theme and navigation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from cityplus.languages.tags import UI_LANGUAGES, tag_of
from cityplus.web import header, navigation
from cityplus.web.addresses import absolute, in_language

THEMES = ("night", "day", "system")


def theme_of(request: HttpRequest) -> str:
    """The theme this visitor chose; night when none was."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else "night"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context processor."""
    code = get_language() or "en"
    language = next(language for language in UI_LANGUAGES if language.code == code)
    return {
        "page_language": language,
        "page_tag": tag_of(code),
        "page_dir": "rtl" if language.rtl else "ltr",
        "page_languages": [
            {"language": other, "path": in_language(request.path, other.code), "current": other == language}
            for other in UI_LANGUAGES
        ],
        "canonical": absolute(request.path),
        "alternates": [(o.tag, absolute(in_language(request.path, o.code))) for o in UI_LANGUAGES],
        "theme": theme_of(request),
        "account_url": resolve_url(
            settings.LOGIN_REDIRECT_URL if request.user.is_authenticated else settings.LOGIN_URL
        ),
        "default_card": absolute(in_language("/card.jpg", code)),
        "header_parts": header.parts(),
        "navigation": [
            {"label": item.label, "url": url, "current": request.path.startswith(url)}
            for item in navigation.items()
            if (url := _reverse(item.url_name))
        ],
    }


def _reverse(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
