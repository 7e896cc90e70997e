"""What posts look like, kept: the HTML of each is rendered once for all readers of a language, and put together for one of them.

A kept fragment is true for its key: the post and its revision, which grows with whatever changes how it looks, the revision of its
author, and who passed it on. What shows other things too ends with the next entry of the journal that is not quiet, and when
another actor that it shows looks different. A page of 20 posts costs one query for those that are not kept yet (and a few for what
belongs to them), and one for what its reader has marked and may do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import get_template
from django.utils.safestring import SafeString

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.languages.tags import reader_tag
from cityplus.lib.shelf import Shelf
from cityplus.social.models import Entry, Post
from cityplus.social.rendering import own, pieces
from cityplus.social.rendering.cards import Card, cards, read, zone_of
from cityplus.social.rendering.facts import Facts
from cityplus.social.speakers.reader import Reader
from cityplus.social.timelines import Line

BUDGET = 48 * 1024 * 1024
"""Bytes of kept fragments a process."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a fragment is true for. ``booster`` is who passed the post on, 0 for who posted it; ``whole`` on the post's own page."""

    post: int
    revision: int
    author_revision: int
    booster: int
    booster_revision: int
    language: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """``needs`` are the revisions of other actors that it shows; ``journal`` the newest loud entry, where it follows that."""

    pieces: pieces.Pieces
    facts: Facts
    needs: tuple[tuple[int, int], ...]
    journal: int | None


_shelf: Shelf[Key, Kept] = Shelf(BUDGET)


def render(
    things: Sequence[Line] | Sequence[Post], reader: Reader, language: str = "", *, whole: bool = False
) -> list[SafeString]:
    """The HTML of each of these, in order; what was deleted since they were found is left out. The caller has made sure that the
    reader may see them: by a timeline, or ``Post.objects.visible_to``. ``language`` is that of the page in hand."""
    return [html for _, html in rendered(things, reader, language, whole=whole)]


def rendered(
    things: Sequence[Line] | Sequence[Post], reader: Reader, language: str = "", *, whole: bool = False
) -> list[tuple[Line, SafeString]]:
    """The same, each with its line."""
    lines = [thing if isinstance(thing, Line) else line_of(thing) for thing in things]
    language = language or reader_tag()
    keys = [_key(line, language, whole) for line in lines]
    kept = _true(_shelf.find(keys))
    kept |= _made([key for key in dict.fromkeys(keys) if key not in kept])
    there = [(line, kept[key]) for line, key in zip(lines, keys, strict=True) if key in kept]
    has = own.of([fragment.facts for _, fragment in there], reader)
    return [
        (line, pieces.fill(fragment.pieces, mine.flags, mine.slots or {}))
        for (line, fragment), mine in zip(there, has, strict=True)
    ]


def line_of(post: Post) -> Line:
    """A post, fetched with its author, as a line of its own."""
    author = post.author
    return Line(post.pk, post.pk, author.pk, Entry.Kind.OWN, author.pk, post.revision, author.revision, author.revision)


def forget() -> None:
    """Forget what is kept; for tests, which turn time back."""
    _shelf.clear()


def _key(line: Line, language: str, whole: bool) -> Key:
    boosted = line.kind == Entry.Kind.BOOST
    return Key(
        line.post,
        line.revision,
        line.author_revision,
        line.actor if boosted else 0,
        line.actor_revision if boosted else 0,
        language,
        whole,
    )


def _true(found: Mapping[Key, Kept]) -> dict[Key, Kept]:
    """Those of the kept ones that still hold. Asks the database only about those that show other things."""
    needs = {need for kept in found.values() for need in kept.needs}
    stand = (
        set(Actor.objects.there().filter(pk__in={pk for pk, _ in needs}).values_list("pk", "revision"))
        if needs
        else set()
    )
    newest = journal.latest_id() if any(kept.journal is not None for kept in found.values()) else None
    return {key: kept for key, kept in found.items() if kept.journal in {None, newest} and stand.issuperset(kept.needs)}


def _made(keys: Sequence[Key]) -> dict[Key, Kept]:
    if not keys:
        return {}
    newest = journal.latest_id()  # before anything is read: what happens meanwhile must end it
    gathered = cards([key.post for key in keys])
    boosters = Actor.objects.there().in_bulk({key.booster for key in keys if key.booster})
    made = {}
    for key in keys:
        if (card := gathered.get(key.post)) and (not key.booster or key.booster in boosters):
            made[key] = kept = _rendered(card, key, boosters.get(key.booster), newest)
            _shelf.put(key, kept, pieces.weight(kept.pieces) + 800)
    return made


def _rendered(card: Card, key: Key, booster: Actor | None, newest: int) -> Kept:
    html = get_template("social/post_card.html").render(_context(card, key, booster))
    return Kept(pieces.cut(html), card.facts, card.needs, newest if card.follows_journal else None)


def _context(card: Card, key: Key, booster: Actor | None) -> dict[str, object]:
    post, tag = card.post, key.language
    return {
        "post": post,
        "author": post.author,
        "zone": zone_of(post.author),
        "root": card.root,
        "answers": card.answers,
        "booster": booster,
        "whole": key.whole,
        "page_tag": tag,
        "said": read(post.text, tag, card.mentioned),
        "note": read(post.note, tag, {}),
        "address": post.get_absolute_url(),
        "parts": _parts(card, tag),
    }


def _parts(card: Card, tag: str) -> Iterable[str]:
    for part, context in card.parts:
        yield get_template(part.template).render({"post": card.post, "page_tag": tag, **context})
