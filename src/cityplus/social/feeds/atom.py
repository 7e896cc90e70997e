"""A page of a feed as Atom 1.0 (RFC 4287) with links to the other pages (RFC 5005)."""

from __future__ import annotations

import re
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from cityplus.social.feeds.gathering import Feed, Item

ATOM, OURS = "http://www.w3.org/2005/Atom", "urn:cityplus:feed"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TITLE = 80
register_namespace("", ATOM)
register_namespace("cityplus", OURS)


def written(feed: Feed) -> bytes:
    """The document. Each other version of a text stands in an element of our own: Atom has one content an entry."""
    root = Element(f"{{{ATOM}}}feed", {_LANG: feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(feed.updated))
    links = {
        "alternate": feed.home,
        "self": feed.here,
        "first": feed.first,
        "previous": feed.previous,
        "next": feed.next,
    }
    for relation, address in links.items():
        if address:
            kind = "text/html" if relation == "alternate" else "application/atom+xml"
            SubElement(root, f"{{{ATOM}}}link", {"rel": relation, "href": address, "type": kind})
    for item in feed.items:
        _entry(root, item)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: Element, item: Item) -> None:
    entry = SubElement(root, f"{{{ATOM}}}entry", {_LANG: item.words.language})
    _add(entry, "id", item.id)
    _add(entry, "title", title_of(item))
    _add(entry, "published", _moment(item.published))
    _add(entry, "updated", _moment(item.updated))
    author = SubElement(entry, f"{{{ATOM}}}author")
    _add(author, "name", item.author)
    _add(author, "uri", item.author_url)
    SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": item.url})
    for file in item.enclosures:
        values = {"rel": "enclosure", "type": file.type, "length": str(file.bytes), "href": file.url}
        SubElement(entry, f"{{{ATOM}}}link", values | ({"title": _plain(file.alt)} if file.alt else {}))
    for tag in item.tags:
        SubElement(entry, f"{{{ATOM}}}category", {"term": tag})
    if item.note:
        _add(entry, "summary", item.note)
    content = _add(entry, "content", item.words.html)
    content.set("type", "html")
    for words in item.others:
        version = SubElement(entry, f"{{{OURS}}}version", {_LANG: words.language, "state": words.state, "type": "html"})
        version.text = _plain(words.html)


def title_of(item: Item) -> str:
    """The beginning of its words; of what has a content note the note, and of pictures alone their description."""
    words = item.note or item.words.plain or next((file.alt for file in item.enclosures if file.alt), "") or item.author
    line = " ".join(words.split())
    return line if len(line) <= _TITLE else line[: _TITLE - 1] + "…"


def _add(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = _plain(text)
    return child


def _plain(text: str) -> str:
    """Without the signs that XML does not take."""
    return _NOT_XML.sub("", text)


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
