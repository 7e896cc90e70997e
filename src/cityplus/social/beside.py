"""A socket: what the page of a thread shows beside its posts. Who knows more of a kind of posts plugs in from ``apps.ready()``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from cityplus.social.models import Post
from cityplus.social.speakers.reader import Reader


@dataclass(frozen=True, slots=True)
class Beside:
    """``html`` stands between the post and its replies; the replies in ``first`` come before the others; ``signs`` are a few words in HTML
    above replies, by their ids; ``entity`` are properties of the post for search engines."""

    html: SafeString | str = ""
    first: Sequence[int] = ()
    signs: dict[int, SafeString] | None = None
    entity: dict[str, Any] | None = None


Source = Callable[[HttpRequest, Post, Reader], Beside | None]
_sources: dict[str, Source] = {}


def plug(name: str, source: Source) -> None:
    """``source(request, post, reader)`` is asked for the post whose page it is, which the reader may see."""
    _sources[name] = source


def of(request: HttpRequest, post: Post, reader: Reader) -> list[Beside]:
    return [found for source in _sources.values() if (found := source(request, post, reader))]
