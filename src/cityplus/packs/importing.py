"""Bringing packs in: everything is read and checked first, then each city is written in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.media import store
from cityplus.media.models import Medium
from cityplus.media.probe import MediumError, probe
from cityplus.packs import ceremonies, format1, format2
from cityplus.packs.bringing import Bringing
from cityplus.packs.opening import Folder, packs_at
from cityplus.packs.shapes import CityShape
from cityplus.packs.tying import tie_all

Tell = Callable[[str], None]
READERS = {format1.FORMAT: format1.read, format2.FORMAT: format2.read}


def import_packs(path: Path, tell: Tell = lambda _: None) -> list[City]:
    """Import the pack at a path, or every pack in it, from a folder or a zip; importing again updates what is there.

    All packs are read, and all their media looked into, before the first is written.

    Raises:
        PackError: a pack cannot be understood; nothing has been written.
    """
    with packs_at(path) as folders:
        shapes = [_read(folder, tell) for folder in folders]
        for shape in shapes:
            _check_media(shape)
        _check_members(shapes)
        shapes.sort(key=lambda shape: (shape.number or 10**9, shape.handle))
        cities: list[City] = []
        media: list[dict[str, Medium]] = []
        for index, shape in enumerate(shapes, 1):
            tell(f"[{index}/{len(shapes)}] {shape.names} · {len(shape.routes)} routes · {len(shape.media)} media")
            bringing = Bringing(shape)
            cities.append(bringing.run())
            media.append(bringing.media)
        tie_all(shapes)
        for city, shape, files in zip(cities, shapes, media, strict=True):
            for ceremony in shape.ceremonies:
                ceremonies.bring(city, ceremony, files)
    return cities


def _read(folder: Folder, tell: Tell) -> CityShape:
    """The pack in a folder, in whichever format it says it has."""
    root = folder.read("city.yaml")
    said = root.value.get("format")
    if said is None:
        raise root.fail(f"format must be said here: {' or '.join(READERS)}")
    shape = READERS[said.one_of(list(READERS))](folder, root)
    unnamed = folder.unnamed()
    if unnamed:
        more = f" and {len(unnamed) - 3} more" if len(unnamed) > 3 else ""
        tell(f"{folder.shown}: named nowhere in the pack, and left out: {', '.join(unnamed[:3])}{more}")
    return shape


def _check_media(shape: CityShape) -> None:
    """Every medium is one that we take, of the kind that its place asks for, and every poster is a picture of the pack."""
    pictures = {medium.file for medium in shape.media.values() if medium.kind == Medium.Kind.PICTURE}
    for medium in shape.media.values():
        try:
            kind = probe(medium.path).kind
        except MediumError as error:
            raise medium.node.fail(str(error)) from None
        if kind != medium.kind:
            raise medium.node.fail(f"{medium.file} is a {kind}, and a {medium.kind} stands here")
        if medium.poster and medium.poster not in pictures:
            raise medium.node.fail(
                f"the poster {medium.poster} must be a picture that this pack shows with its alt text"
            )
        if medium.sha256 and store.digest(medium.path) != medium.sha256:
            raise medium.node.fail(
                f"{medium.file} is damaged or was changed: its hash is another. If you changed it, leave sha256 out"
            )


def _check_members(shapes: Sequence[CityShape]) -> None:
    """No two packs, and no pack and a city that is here, may claim one handle or one member number."""
    holders: dict[int | None, str] = dict(City.objects.exclude(number=None).values_list("number", "actor__handle"))
    numbers = {handle: number for number, handle in holders.items()}
    others = set(Actor.objects.exclude(kind=Actor.Kind.CITY).values_list("handle", flat=True))
    handles: set[str] = set()
    for shape in shapes:
        holder = holders.setdefault(shape.number, shape.handle) if shape.number else shape.handle
        if holder != shape.handle:
            raise shape.at["number"].fail(f"member number {shape.number} is that of @{holder}")
        if numbers.get(shape.handle, shape.number) != shape.number:
            here = f"@{shape.handle} is here already as member {numbers[shape.handle]}"
            raise shape.at["number" if shape.number else "handle"].fail(here)
        if shape.handle in handles:
            raise shape.at["handle"].fail(f"two packs are of the city @{shape.handle}")
        if shape.handle in others:
            raise shape.at["handle"].fail(f"@{shape.handle} is here already, and is no city")
        handles.add(shape.handle)
