"""What a written text says beside its words: whom it mentions, its hashtags, its links. And its HTML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cityplus.actors.handles import PATTERN
from cityplus.languages.text import Text

_PIECE = re.compile(
    rf"(?P<link>https?://[^\s<>\"“”„«»（）()\[\]{{}}]+)"
    rf"|(?<![\w/@.])@(?P<handle>{PATTERN})(?![\w@])"
    r"|(?<![\w/&#])[#＃](?P<tag>\w{1,100})",
    re.IGNORECASE,
)
_TAIL = ".,;:!?…。，；：！？、'’”»"
_HTML: dict[str, set[str]] = {"p": set(), "br": set(), "a": {"href", "rel"}, "span": set(), "bdi": set()}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: ``kind`` is ``words``, ``link``, ``mention`` or ``tag``; ``what`` the address, the handle, the hashtag without
    its ``#``, or the words themselves."""

    kind: str
    what: str


def pieces(text: str) -> Iterator[Piece]:
    """A text in its parts, in order: put together again they are the text, but for the signs before handles and hashtags."""
    at = 0
    for found in _PIECE.finditer(text):
        kind, what = found.lastgroup or "", found[found.lastgroup or 0]
        start, end = found.span()
        if kind == "link":
            what = what.rstrip(_TAIL)
            end = start + len(what)
        elif kind == "tag" and (what.isdecimal() or not any(c.isalnum() for c in what)):
            continue
        if start > at:
            yield Piece("words", text[at:start])
        yield Piece({"handle": "mention"}.get(kind, kind), what.lower() if kind == "handle" else what)
        at = end
    if at < len(text):
        yield Piece("words", text[at:])


def spans_kept(line: str) -> list[tuple[int, int, str]]:
    """Where a line has mentions and hashtags, with their signs: ``(start, end, as written)``. They are the same in every language."""
    found = ((match.lastgroup, match.span()) for match in _PIECE.finditer(line))
    return [(*span, line[slice(*span)]) for kind, span in found if kind in {"handle", "tag"}]


def _of(kind: str, text: Text) -> list[str]:
    found = (p.what for tag in text.languages for p in pieces(text.versions[tag].text) if p.kind == kind)
    return list(dict.fromkeys(found))


def mentions_in(text: Text) -> list[str]:
    """The handles that stand in any version of a text, each once."""
    return _of("mention", text)


def links_in(text: Text) -> list[str]:
    """The addresses that stand in any version of a text, each once; those of the original first."""
    return _of("link", text)


def tags_in(text: Text) -> dict[str, str]:
    """The hashtags that stand in any version of a text: how each was written, by its folded name."""
    shown: dict[str, str] = {}
    for what in _of("tag", text):
        shown.setdefault(fold(what), what)
    return shown


def fold(tag: str) -> str:
    """The one name of a hashtag however it is written: ``＃Den_Haag`` and ``#den_haag`` are the same."""
    return unicodedata.normalize("NFKC", tag).casefold()[:100]


def html_of(text: str, addresses: Mapping[str, str], tag_address: Callable[[str], str]) -> SafeString:
    """A text as HTML: paragraphs at empty lines, and links. ``addresses`` are the pages of those mentioned, by handle: a handle that
    is not among them stays words."""
    paragraphs = (p for p in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()) if p.strip())
    html = "".join(f"<p>{_line(p, addresses, tag_address)}</p>" for p in paragraphs)
    return clean(html.replace("\n", "<br>"))


def _line(text: str, addresses: Mapping[str, str], tag_address: Callable[[str], str]) -> str:
    out = []
    for piece in pieces(text):
        what = escape(piece.what)
        if piece.kind == "link":
            out.append(f'<a href="{what}" rel="nofollow ugc noopener">{escape(_short(piece.what))}</a>')
        elif piece.kind == "mention" and piece.what in addresses:
            out.append(f'<a href="{escape(addresses[piece.what])}" class="mention"><bdi>@{what}</bdi></a>')
        elif piece.kind == "mention":
            out.append(f"@{what}")
        elif piece.kind == "tag":
            out.append(
                f'<a href="{escape(tag_address(fold(piece.what)))}" class="tag" rel="tag"><bdi>#{what}</bdi></a>'
            )
        else:
            out.append(what)
    return "".join(out)


def _short(link: str) -> str:
    """An address as people read it: without scheme, and cut where it is long."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    shown = parts.netloc.removeprefix("www.") + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return shown if len(shown) <= 40 else shown[:39] + "…"


def clean(html: str) -> SafeString:
    """The one cleaner of HTML that comes from people: an allow-list of elements and attributes, links to the web alone."""
    kept = nh3.clean(
        html,
        tags=set(_HTML),
        attributes=_HTML,
        allowed_classes={"a": {"mention", "tag"}, "span": {"invisible"}},
        url_schemes={"http", "https"},
        link_rel=None,
        clean_content_tags={"script", "style"},
    )
    return mark_safe(kept)  # noqa: S308 - it is what the cleaner let through
