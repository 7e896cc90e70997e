"""From plain text with a few marks to safe HTML: paragraphs, emphasis and links, nothing else."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_markdown = MarkdownIt("zero").enable(["emphasis", "link", "newline", "escape", "entity"])
ALLOWED = {"p", "em", "strong", "br", "a"}


def paragraphs(text: str) -> SafeString:
    """Paragraphs by blank lines, ``*emphasis*``, ``[words](https://…)``; any other mark or tag is shown as it was typed."""
    html = _markdown.render(text)
    return mark_safe(  # noqa: S308 - cleaned in the same breath, by an allow-list
        nh3.clean(
            html,
            tags=ALLOWED,
            attributes={"a": {"href"}, "*": set()},  # else every tag may have a title and a lang
            url_schemes={"http", "https"},
            link_rel="nofollow noopener",
        )
    )
