"""Words of files: from the HTML of balloons to plain text as our stories are written."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MOST_WORDS = 20_000
"""Characters of one text, as in packs."""
_BLOCKS = {
    "p",
    "div",
    "table",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
    "hr",
}
_LINES = {"br", "tr", "li", "dt", "dd"}
_SILENT = {"script", "style", "head", "title"}
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_UMAP_LINK = re.compile(r"\[\[(https?://[^|\]\s]+)(?:\|([^\]]+))?\]\]")
_UMAP_PICTURE = re.compile(r"\{\{[^{}]*\}\}|\{\{\{[^{}]*\}\}\}")
_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class _Plain(HTMLParser):
    """Collects the words; a link becomes ``[words](address)``, a picture nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.links: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n")
        elif tag == "a":
            address = dict(attrs).get("href") or ""
            self.links.append(address if _is_web(address) else "")
            self.parts.append("[" if self.links[-1] else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in {"td", "th"}:
            self.parts.append(" ")
        elif tag == "a" and self.links and (address := self.links.pop()):
            self.parts.append(f"]({address})")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def _is_web(address: str) -> bool:
    return bool(re.fullmatch(r"https?://[^\s()<>\"]+", address))


def web_address(text: str) -> str:
    """The text when it is an address of the web that fits our field, else nothing."""
    text = text.strip()
    return text if _is_web(text) and len(text) <= 200 else ""


def one_line(text: str, most: int = 200) -> str:
    """A name: without line breaks, tags and letters that nobody can see."""
    if _TAG.search(text):
        text = words(text)
    flat = " ".join(_UNSAFE.sub("", text).split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def words(text: str) -> str:
    """A text in paragraphs; HTML and the marks of uMap become plain words and links."""
    text = _UMAP_PICTURE.sub("", _UNSAFE.sub("", text))
    text = _UMAP_LINK.sub(lambda found: f"[{found[2]}]({found[1]})" if found[2] else found[1], text)
    if _TAG.search(text):
        reader = _Plain()
        reader.feed(text[: 4 * MOST_WORDS])
        reader.close()
        text = "".join(reader.parts).replace("[]", "")
    text = re.sub(r"[ \t\r\xa0]*\n[ \t\r\xa0]*", "\n", text.replace("\r\n", "\n"))
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]{2,}", " ", text)).strip()
    return text if len(text) <= MOST_WORDS else f"{text[: MOST_WORDS - 1].rstrip()}…"
