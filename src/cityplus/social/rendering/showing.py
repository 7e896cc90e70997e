"""A timeline as its page shows it: the posts of a stretch for one reader, and the ways on from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils.safestring import SafeString

from cityplus.actors.models import Actor
from cityplus.social import timelines
from cityplus.social.models import Post, Tally
from cityplus.social.rendering import fragments
from cityplus.social.speakers.reader import Reader
from cityplus.social.timelines import Line, Place, Stretch

_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Shown:
    """``entry`` is the number of the place, ``post`` that of the post; ``anchor`` whether it is the first of that post on the page, to
    which one comes back."""

    entry: int
    post: int
    html: SafeString
    anchor: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """``older``, ``newer`` and ``newest`` are addresses of other pages, empty where there is none."""

    items: Sequence[Shown]
    older: str = ""
    newer: str = ""
    newest: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)


def place(request: HttpRequest) -> Place:
    """Where the page begins that is asked for by ``before`` or ``after``.

    Raises:
        Http404: it is no number of an entry.
    """
    return Place(before=_number(request.GET.get("before")), after=_number(request.GET.get("after")))


def show(stretch: Stretch, reader: Reader, filters: Mapping[str, str] | None = None) -> Timeline:
    """``filters`` is what the addresses of the other pages keep of the query string."""
    kept = {name: value for name, value in (filters or {}).items() if value}
    lines = stretch.lines

    def way(on: bool, **where: int) -> str:
        return "?" + urlencode({**kept, **where}) if on and lines else ""

    return Timeline(
        _shown(fragments.rendered(lines, reader)),
        older=way(stretch.older, before=lines[-1].id if lines else 0),
        newer=way(stretch.newer, after=lines[0].id if lines else 0),
        newest="?" + urlencode(kept) if stretch.newer else "",
        filters=kept,
    )


def posts(found: Sequence[Post], reader: Reader) -> list[Shown]:
    """These posts, which the reader may see, fetched with their authors."""
    return _shown(fragments.rendered(found, reader))


def of_actor(request: HttpRequest, actor: Actor, reader: Reader) -> dict[str, Any]:
    """What the page of an actor's posts shows, or that of a pair's space; with ``?with=replies`` its replies too."""
    replies = request.GET.get("with") == "replies"
    stretch = timelines.of_actor(actor, reader, place(request), replies=replies)
    return {
        "actor": actor,
        "timeline": show(stretch, reader, {"with": "replies"} if replies else {}),
        "replies": replies,
        "tally": Tally.objects.filter(actor=actor).first() or Tally(actor=actor),
        "limited": bool(actor.limited_at) and actor.pk in reader.voices,
    }


def latest(actor: Actor, reader: Reader, count: int = 3) -> list[Shown]:
    """The newest that an actor has said, for a page about it that shows other things too."""
    return _shown(fragments.rendered(timelines.of_actor(actor, reader).lines[:count], reader))


def _shown(rendered: Sequence[tuple[Line, SafeString]]) -> list[Shown]:
    there: set[int] = set()
    shown = []
    for line, html in rendered:
        shown.append(Shown(line.id, line.post, html, line.post not in there))
        there.add(line.post)
    return shown


def _number(asked: str | None) -> int | None:
    if asked is None:
        return None
    if not (asked.isascii() and asked.isdigit()) or len(asked) > 19 or int(asked) > _LARGEST:
        raise Http404(f"{asked[:40]} is not the number of an entry")
    return int(asked)
