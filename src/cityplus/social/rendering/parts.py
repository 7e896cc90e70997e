"""A socket: what a post may have between its words and its foot, such as pictures or a poll. Plug in from ``apps.ready()``.

A part is rendered once for all readers of a language, and kept. What of it depends on the reader it leaves open by ``{% when %}`` and
``{% slot %}`` (:mod:`cityplus.social.rendering.pieces`), and ``own`` says what each reader has there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cityplus.social.models import Post
from cityplus.social.speakers.reader import Reader

Gather = Callable[[Sequence[Post]], Mapping[int, Mapping[str, Any]]]
Own = Callable[[Sequence[int], Reader], Mapping[int, "Has"]]


@dataclass(frozen=True, slots=True)
class Has:
    """What a reader has in a part of one post: flags for ``{% when %}``, safe HTML for ``{% slot %}``."""

    flags: frozenset[str] = frozenset()
    slots: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of part, as :func:`plug` describes it."""

    name: str
    order: int
    template: str
    gather: Gather
    own: Own | None
    follows_journal: bool


_parts: dict[str, Part] = {}


def plug(
    name: str, order: int, template: str, gather: Gather, *, own: Own | None = None, follows_journal: bool = False
) -> None:
    """``gather(posts)`` gives, for those of these posts that have the part, what ``template`` is rendered with beside ``post``: in few
    queries whatever the number of posts, and nothing that depends on who reads. ``actors`` in it are those that the part shows.

    It is gathered anew when the post's revision grows, or that of one of those actors. A part that shows something else beside
    ``follows_journal``: then also when anything was recorded that is not quiet. ``own(ids, reader)`` is asked at each reading for the
    posts on the page that have the part; who reads may be nobody.
    """
    _parts[name] = Part(name, order, template, gather, own, follows_journal)


def all_parts() -> list[Part]:
    return sorted(_parts.values(), key=lambda part: (part.order, part.name))


def part(name: str) -> Part:
    return _parts[name]
