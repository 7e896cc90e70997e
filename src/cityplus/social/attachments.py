"""A socket: what can be attached to a post. Rooms above say how they know one of their addresses, and what a reader may see of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings

from cityplus.actors.models import Actor
from cityplus.languages.text import Text
from cityplus.media.models import Medium
from cityplus.web.addresses import bare

Key = tuple[str, int]
"""A kind and an id, as a post keeps them."""
SAMPLES = 30
"""Things of one kind that are offered for picking."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What a card says of an attached thing: ``label`` is what it is, in the reader's language; ``picture`` with its renditions."""

    label: str
    title: Text
    url: str
    summary: Text | None = None
    picture: Medium | None = None


class Attachment(Protocol):
    """One kind of things that can be attached."""

    def find(self, path: str) -> int | None:
        """The thing at this path, which has no language before it; None where it is none of this kind."""
        ...

    def shown(self, ids: Collection[int], person: Any) -> Mapping[int, Attached]:
        """Those of these that the person may see now, in a fixed number of queries."""
        ...

    def offered(self, author: Actor) -> Sequence[tuple[str, str]]:
        """Addresses and names of what this actor may want to attach, the newest first; at most :data:`SAMPLES`."""
        ...


_kinds: dict[str, Attachment] = {}


def plug(kind: str, attachment: Attachment) -> None:
    """Say what things of a kind (at most 20 letters) are; a post keeps the kind and their id."""
    _kinds[kind] = attachment


def find(address: str, person: Any) -> Key | None:
    """The thing that stands at an address of ours, with or without host and language; None where there is none that the person
    may see."""
    parts = urlsplit(address.strip())
    if parts.netloc and (parts.scheme not in {"http", "https"} or parts.netloc.lower() not in _own_hosts()):
        return None
    path = bare(unquote(parts.path))
    for kind, attachment in _kinds.items():
        found = attachment.find(path)
        if found is not None and found in attachment.shown([found], person):
            return kind, found
    return None


def shown(keys: Iterable[Key], person: Any) -> dict[Key, Attached]:
    """What this person may see now of attached things; a few queries for each kind, whatever their number."""
    wanted: dict[str, set[int]] = {}
    for kind, pk in keys:
        if kind in _kinds:
            wanted.setdefault(kind, set()).add(pk)
    return {
        (kind, pk): attached for kind, ids in wanted.items() for pk, attached in _kinds[kind].shown(ids, person).items()
    }


def offered(author: Actor) -> list[tuple[str, str]]:
    """Addresses and names of what an actor may want to attach."""
    return [one for attachment in _kinds.values() for one in attachment.offered(author)]


def _own_hosts() -> set[str]:
    public = urlsplit(settings.CITYPLUS.public_url)
    port = f":{public.port}" if public.port else ""
    return {public.netloc.lower(), *(f"{host.lower()}{port}" for host in settings.CITYPLUS.hosts)}
