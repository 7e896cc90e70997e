"""The stops of a draft as a list that one works at: each change is edits of the document, which belong into one save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cityplus.drafts import Edit, mark
from cityplus.drafts.shapes import Document, in_order
from cityplus.lib.geo import Point
from cityplus.routes.document import ROUTE
from cityplus.routes.formats.adding import free_key


def order_of(document: Document) -> list[str]:
    """The keys of the stops in their order."""
    return in_order(ROUTE, document, "stops")


def moved(document: Document, key: str, place: int) -> list[Edit]:
    """Put a stop in a place, counted from 1; beyond either end it is the first or the last. Ways that were drawn from another stop
    than they begin at now are taken away. No edits when it stands there already.

    Raises:
        KeyError: there is no such stop.
    """
    before = order_of(document)
    if key not in before:
        raise KeyError(key)
    after = [other for other in before if other != key]
    after.insert(max(0, min(len(after), place - 1)), key)
    return arranged(document, after)


def arranged(document: Document, after: Sequence[str]) -> list[Edit]:
    """Put the stops in an order."""
    if list(after) == order_of(document):
        return []
    return [Edit("order", mark(document["order"]), list(after)), *_untied(document, after)]


def removed(document: Document, key: str) -> list[Edit]:
    """Take a stop out; the way to the next one goes with it.

    Raises:
        KeyError: there is no such stop.
    """
    after = [other for other in order_of(document) if other != key]
    return [Edit(f"stops/{key}", mark(document["stops"][key]), None), *_untied(document, after)]


def added(document: Document, names: Mapping[str, str], point: Point | None, place: int = 0) -> tuple[str, list[Edit]]:
    """A new stop with these names by their languages, the original first, at the end or in a place counted from 1; its key comes
    along."""
    key = free_key(next(iter(names.values()), ""), set(document["stops"]))
    title: dict[str, Any] = {
        tag: words if not number else {"text": words, "state": "machine"}
        for number, (tag, words) in enumerate(names.items())
    }
    part: Document = {"title": title, "step_free": "unknown"}
    if point:
        part |= {"lat": round(point.lat, 7), "lon": round(point.lon, 7)}
    edits = [Edit(f"stops/{key}", "", part)]
    before = order_of(document)
    if 0 < place <= len(before):
        after = [*before[: place - 1], key, *before[place - 1 :]]
        edits += [Edit("order", mark(document["order"]), after), *_untied(document, after)]
    return key, edits


def located(document: Document, key: str, point: Point) -> list[Edit]:
    """Put a stop at a place.

    Raises:
        KeyError: there is no such stop.
    """
    stop = document["stops"][key]
    values = {"lat": round(point.lat, 7), "lon": round(point.lon, 7)}
    return [Edit(f"stops/{key}/{name}", mark(stop[name]), value) for name, value in values.items()]


def restored(document: Document, key: str, part: Document, order: Sequence[str]) -> list[Edit]:
    """Bring a removed stop back as it was, where it stood."""
    before = order_of(document)
    place = list(order).index(key) if key in order else len(before)
    after = [*before[:place], key, *before[place:]]
    bare = {name: _bare(value) for name, value in part.items()}
    return [Edit(f"stops/{key}", "", bare), Edit("order", mark(document["order"]), after)]


def names_of(known: Mapping[str, str], name: str, languages: Sequence[str]) -> dict[str, str]:
    """The names that a new stop takes of those of a known place: in these languages, the first that there is for the original;
    else its name, as if it were in the first."""
    found = {tag: known[tag] for tag in languages if tag in known}
    return found or ({languages[0]: name} if name and languages else {})


def _untied(document: Document, after: Sequence[str]) -> list[Edit]:
    """The drawn ways that no longer begin at the stop that they were drawn from."""
    before = order_of(document)
    came_from = dict(zip(before[1:], before, strict=False))
    comes_from = dict(zip(after[1:], after, strict=False))
    return [
        Edit(f"stops/{key}/leg_track", mark(track), [])
        for key in after
        if key in came_from or (before and key == before[0])
        if (track := document["stops"][key]["leg_track"]) and comes_from.get(key) != came_from.get(key)
    ]


def _bare(value: Any) -> Any:
    """A text as an edit of a whole part takes it."""
    if not isinstance(value, dict) or "versions" not in value:
        return value
    tags = sorted(value["versions"], key=lambda tag: tag != value["original"])
    return {
        tag: {"text": value["versions"][tag]["text"], "state": value["versions"][tag].get("state", "author")}
        for tag in tags
    }
