"""Events as an Atom feed: each with its hours by the clock of every hall, where it is, and its story, in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cityplus.events import clocks
from cityplus.events.models import Event
from cityplus.languages.markup import paragraphs
from cityplus.languages.tags import direction, reader_tag
from cityplus.social.feeds import atom
from cityplus.social.feeds.gathering import Feed, Item, Words, tag_uri
from cityplus.web.addresses import absolute

BEGUN = datetime(2018, 12, 3, tzinfo=UTC)


def title_of(words: str) -> str:
    return _("Events: %(filter)s") % {"filter": words} if words else _("Events")


def written(found: Sequence[Event], *, title: str, home: str, here: str, name: str) -> bytes:
    """A feed of these; ``name`` tells one filter from another."""
    items = [_item(one) for one in found]
    feed = Feed(
        id=tag_uri(BEGUN, f"events/{name}"),
        title=title,
        language=reader_tag(),
        home=absolute(home),
        here=absolute(here),
        updated=max((item.updated for item in items), default=BEGUN),
        items=items,
    )
    return atom.written(feed)


def _item(one: Event) -> Item:
    published, host = one.published_at or one.starts_at, one.host
    reading = one.story.read((reader_tag(),)) or one.title.read((reader_tag(),))
    tag = reading.language if reading else reader_tag()
    return Item(
        id=tag_uri(published, f"events/{one.pk}"),
        url=absolute(one.get_absolute_url()),
        author=str(host.names),
        author_url=absolute(host.get_absolute_url()),
        published=published,
        updated=max(published, one.changed_at),
        words=_words(one, tag),
        others=[_words(one, other) for other in one.story.languages if other != tag],
        note="",
        tags=[one.kind, *one.sectors],
        enclosures=[],
    )


def _words(event: Event, tag: str) -> Words:
    """Its title, and its facts before its story; that it is cancelled is said in the title."""
    title = event.title.in_language(reader_tag())
    if event.state == "cancelled":
        title = _("Cancelled: %(title)s") % {"title": title}
    version = event.story.versions.get(tag)
    story = paragraphs(version.text) if version else ""
    html = format_html('{}<div lang="{}" dir="{}">{}</div>', _facts(event), tag, direction(tag), story)
    return Words(tag, version.state if version else "author", html, title)


def _facts(event: Event) -> SafeString:
    hours = [(clocks.name_of(venue), venue) for venue in event.venues.all()]
    lines = (
        (
            str(name.in_language(reader_tag())),
            clocks.span(event.starts_at, event.ends_at, venue.time_zone),
            ", ".join(filter(None, (str(venue.name.in_language(reader_tag())), venue.address))),
        )
        for name, venue in hours
    )
    reason = format_html("<p>{}</p>", event.reason) if event.state == "cancelled" else SafeString("")
    return format_html("<ul>{}</ul>{}", format_html_join("", "<li>{}: {} ({})</li>", lines), reason)
