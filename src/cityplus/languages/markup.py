"""From plain text with a few marks to safe HTML: paragraphs, emphasis and links, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

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


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look: ``emphasis`` or not, leading to ``href`` or nowhere. A line break within a paragraph is ``"\\n"``."""

    text: str
    emphasis: bool = False
    href: str = ""


def pieces(text: str) -> list[list[Piece]]:
    """The paragraphs of a text as pieces, for what is no HTML: files, and pages of paper."""
    blocks = _markdown.parse(text)
    return [list(_pieces(block.children or [])) for block in blocks if block.type == "inline"]


def _pieces(tokens: list[Token]) -> Iterator[Piece]:
    emphasis, href = 0, ""
    for token in tokens:
        if token.type in {"em_open", "strong_open"}:
            emphasis += 1
        elif token.type in {"em_close", "strong_close"}:
            emphasis -= 1
        elif token.type in {"link_open", "link_close"}:
            address = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
            href = address if address.startswith(("http://", "https://")) else ""
        elif token.type in {"softbreak", "hardbreak"}:
            yield Piece("\n")
        elif token.content:
            yield Piece(token.content, emphasis > 0, href)


def plain(text: str) -> str:
    """The words of a text without its marks, paragraphs parted by a blank line; the address of a link stands after its words."""
    return "\n\n".join("".join(_with_address(words)) for words in map(_linked, pieces(text)))


def _linked(paragraph: list[Piece]) -> list[tuple[str, str]]:
    """``(words, address)``, the pieces of one link as one."""
    found: list[tuple[str, str]] = []
    for piece in paragraph:
        if found and piece.href and found[-1][1] == piece.href:
            found[-1] = (found[-1][0] + piece.text, piece.href)
        else:
            found.append((piece.text, piece.href))
    return found


def _with_address(words: list[tuple[str, str]]) -> Iterator[str]:
    for said, address in words:
        yield f"{said} ({address})" if address and address != said else said
