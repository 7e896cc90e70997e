"""A page of a feed as JSON Feed 1.1."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from cityplus.social.feeds.gathering import Feed, Item

VERSION = "https://jsonfeed.org/version/1.1"


def written(feed: Feed) -> bytes:
    """The document. The other versions of a text stand in ``_cityplus``: an item has one content."""
    document: dict[str, Any] = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.here,
        "language": feed.language,
    }
    if feed.next:
        document["next_url"] = feed.next
    document["items"] = [_item(item) for item in feed.items]
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")


def _item(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "language": item.words.language,
        "content_html": item.words.html,
        "date_published": _moment(item.published),
        "date_modified": _moment(item.updated),
        "authors": [{"name": item.author, "url": item.author_url}],
    }
    if item.note:
        found["summary"] = item.note
    if item.tags:
        found["tags"] = list(item.tags)
    if item.enclosures:
        found["attachments"] = [
            {"url": f.url, "mime_type": f.type, "size_in_bytes": f.bytes} | ({"title": f.alt} if f.alt else {})
            for f in item.enclosures
        ]
    if item.others:
        versions = [{"language": w.language, "state": w.state, "content_html": w.html} for w in item.others]
        found["_cityplus"] = {"versions": versions}
    return found


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
