"""What a pack says, as plain values. ``fields`` holds what goes into the columns of a model, by their names; where a column
points to a medium, the medium's name inside the pack stands there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cityplus.packs.reading import Node

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MediumShape:
    """A medium; ``file`` is its name inside the pack, ``captions`` the columns of each track, ``sha256`` empty when not said."""

    node: Node
    kind: str
    file: str
    path: Path
    fields: Fields
    captions: tuple[Fields, ...] = ()
    poster: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class LinkShape:
    """A medium shown at a stop, by its name inside the pack."""

    file: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class StopShape:
    number: int
    fields: Fields
    links: tuple[LinkShape, ...]


@dataclass(frozen=True, slots=True)
class RouteShape:
    slug: str
    fields: Fields
    stops: tuple[StopShape, ...]


@dataclass(frozen=True, slots=True)
class TieShape:
    """What a city says of a tie. ``proposed_by`` is a handle; without one, this is a wish for a tie, and nothing more."""

    handle: str
    fields: Fields
    proposed_by: str = ""


@dataclass(frozen=True, slots=True)
class BeatShape:
    """A palm or a step of a run, in its place: ``guest`` is the place of the guest from 1, or 0 for the public."""

    fields: Fields
    palm: bool
    guest: int = 0


@dataclass(frozen=True, slots=True)
class CeremonyShape:
    """A ceremony of the past. ``others`` are the handles of the other cities, ``route`` a slug of the first one's, ``run`` None
    where no record of the palms was kept."""

    fields: Fields
    others: tuple[str, ...]
    route: str
    guests: tuple[Fields, ...]
    programme: tuple[Fields, ...]
    pictures: tuple[str, ...]
    run: Fields | None
    beats: tuple[BeatShape, ...]


@dataclass(frozen=True, slots=True)
class CityShape:
    """A pack whole; ``at`` says where its keys stand.

    ``told`` is how a pack of the first format speaks: of a launched city with public routes, whose launch is ``launched``. A
    pack of the second says every state and every step itself.
    """

    at: Mapping[str, Node]
    told: bool
    handle: str
    number: int | None
    names: Any
    fields: Fields
    strengths: tuple[Fields, ...]
    contacts: tuple[Fields, ...]
    ties: tuple[TieShape, ...]
    routes: tuple[RouteShape, ...]
    media: Mapping[str, MediumShape]
    launched: str = ""
    steps: tuple[Fields, ...] = field(default=())
    ceremonies: tuple[CeremonyShape, ...] = field(default=())
