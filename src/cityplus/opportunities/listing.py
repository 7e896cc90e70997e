"""Lists in forms for programs: an Atom feed, and CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from cityplus.languages.markup import paragraphs
from cityplus.languages.tags import direction, reader_tag
from cityplus.languages.text import Text
from cityplus.opportunities import money
from cityplus.opportunities.models import Opportunity, Outcome
from cityplus.social.feeds import atom
from cityplus.social.feeds.gathering import Feed, Item, Words, tag_uri
from cityplus.web.addresses import absolute

COLUMNS = (
    "host", "slug", "direction", "kind", "title", "language", "city", "place", "sectors", "size", "value_from", "value_to", "currency",
    "languages", "published_at", "expires_at", "sample", "address",
)  # fmt: skip
OUTCOMES = (
    "on", "kind", "host", "host_city", "guest", "guest_city", "sector", "value_from", "value_to", "currency", "evidence", "sample",
    "opportunity", "met_on", "files",
)  # fmt: skip
_FORMULA = set("=+-@\N{MINUS SIGN}")
"""What a formula begins with, after NFKC has made one sign of its full-width and small forms."""
BEGUN = datetime(2018, 12, 3, tzinfo=UTC)


def cell(value: str) -> str:
    """A value that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it, also where signs stand before
    that which nobody sees, since programs that read CSV leave them out."""
    seen = next((sign for sign in unicodedata.normalize("NFKC", value) if not _unseen(sign)), "")
    return f"'{value}" if seen in _FORMULA or value[:1] in {"\t", "\r", "\n"} else value


def _unseen(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf", "Zs", "Zl", "Zp"}


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Lines of CSV (RFC 4180), every value in quotation marks, with a mark before them by which spreadsheets know UTF-8."""
    yield "\ufeff" + _line(columns)
    for row in rows:
        yield _line([cell(str(value)) for value in row])


def row_of(one: Opportunity) -> Sequence[Any]:
    """An opportunity in :data:`COLUMNS`, in the language of the page."""
    tag = reader_tag()
    reading = one.title.read((tag,))
    return (
        one.host.handle, one.slug, one.direction, one.kind, reading.text if reading else "", reading.language if reading else "",
        one.city.actor.handle, one.place.in_language(tag), " ".join(sector.code for sector in one.sectors.all()), one.size, *_value(one),
        " ".join(tongue.tag for tongue in one.tongues.all()), _moment(one.published_at), _moment(one.expires_at),
        "sample" if one.sample else "", absolute(one.get_absolute_url()),
    )  # fmt: skip


def row_of_outcome(one: Outcome) -> Sequence[Any]:
    """A confirmed outcome in :data:`OUTCOMES`."""
    about, guest = one.interest.opportunity, one.interest.organisation
    sector = next((sector.code for sector in about.sectors.all()), "")
    return (
        one.on.isoformat(), one.kind, about.host.handle, about.city.actor.handle, guest.actor.handle, guest.city.actor.handle, sector,
        *_value(one), one.evidence, "sample" if about.sample else "", absolute(about.get_absolute_url()),
        one.interest.met_on.isoformat() if one.interest.met_on else "",
        " ".join(absolute(proof.get_absolute_url()) for proof in one.proofs.all() if proof.public),
    )  # fmt: skip


def as_atom(
    found: Sequence[Opportunity], *, title: str, home: str, here: str, name: str, newest: datetime | None
) -> bytes:
    """A feed of these, in the language of the page."""
    feed = Feed(
        id=tag_uri(BEGUN, f"opportunities/{name}"),
        title=title,
        language=reader_tag(),
        home=absolute(home),
        here=absolute(here),
        updated=newest or BEGUN,
        items=[_item(one) for one in found],
    )
    return atom.written(feed)


def _item(one: Opportunity) -> Item:
    published = one.published_at or one.made_at
    reading = one.story.read((reader_tag(),))
    tag = reading.language if reading else reader_tag()
    title = f"{one.get_direction_display()}: {one.title.in_language(reader_tag())}"
    return Item(
        id=tag_uri(published, f"opportunities/{one.pk}"),
        url=absolute(one.get_absolute_url()),
        author=str(one.host.names),
        author_url=absolute(one.host.get_absolute_url()),
        published=published,
        updated=max(published, one.changed_at),
        words=_words(one.story, tag, title),
        others=[_words(one.story, other, title) for other in one.story.languages if other != tag],
        note="",
        tags=[one.kind, one.direction, *(sector.code for sector in one.sectors.all())],
        enclosures=[],
    )


def _words(text: Text, tag: str, title: str) -> Words:
    version = text.versions.get(tag)
    html = f'<div lang="{tag}" dir="{direction(tag)}">{paragraphs(version.text)}</div>' if version else ""
    return Words(tag, version.state if version else "author", html, title)


def _value(thing: Any) -> tuple[str, str, str]:
    """The range of money where everybody may know it, else three times nothing."""
    if not (thing.value_public and thing.currency):
        return "", "", ""
    ends = [str(money.major(end, thing.currency)) for end in (thing.value_from, thing.value_to)]
    return ends[0], ends[1], thing.currency


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else ""


def _line(values: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow(values)
    return out.getvalue()


def title_of(words: str) -> str:
    return _("Opportunities: %(filter)s") % {"filter": words} if words else _("Opportunities")
