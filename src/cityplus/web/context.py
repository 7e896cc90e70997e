"""What every page's frame needs: its language, the same page in the others, theme and navigation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from cityplus.languages.tags import UI_LANGUAGES, tag_of
from cityplus.web import foot, header, navigation
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
        "foot": foot.parts(request),
        "header_parts": header.parts(),
        "navigation": _entries(request, [item for item in navigation.items() if not item.only_footer]),
        "footer_navigation": _entries(request, navigation.items()),
    }


def _entries(request: HttpRequest, items: Sequence[navigation.NavItem]) -> list[dict[str, Any]]:
    return [
        {"label": item.label, "url": url, "current": _leads_on(request.path, item, url)}
        for item in items
        if (url := _reverse(item.url_name))
    ]


def _leads_on(path: str, item: navigation.NavItem, url: str) -> bool:
    """Whether one is on this entry's page or below it; of what is only in the footer the header's entry of the same row says it too."""
    if item.only_footer or not item.row:
        return path.startswith(url)
    return any((there := _reverse(one.url_name)) and path.startswith(there) for one in navigation.row_of(item.row))


def tabs(request: HttpRequest, row: str) -> list[dict[str, Any]]:
    """The entries of a row; the current one is that whose address goes furthest towards where one is."""
    found = [(item.label, url) for item in navigation.row_of(row) if (url := _reverse(item.url_name))]
    over = max((url for _label, url in found if request.path.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "current": url == over} for label, url in found]


def _reverse(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
