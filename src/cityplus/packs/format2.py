"""The second format, ``cityplus-pack/2``: a city whole, in any stage of its life, with every state said and every medium by
itself. It is what an export writes. Its keys and columns stand in :mod:`cityplus.packs.tables`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from cityplus.cities.models import City
from cityplus.media.models import Medium
from cityplus.packs import checks
from cityplus.packs.ceremonies import read_all
from cityplus.packs.declaring import Table
from cityplus.packs.opening import Folder
from cityplus.packs.reading import Node, PackError
from cityplus.packs.shapes import CityShape, LinkShape, MediumShape, RouteShape, StopShape, TieShape
from cityplus.packs.tables import ACTOR, CAPTION, CITY, CONTACT, LINK, MEDIUM, ROUTE, STEP, STOP, STRENGTH, TIE

FORMAT = "cityplus-pack/2"
_SLUG = r"[A-Za-z0-9_-]{1,80}"
_STOP = re.compile(r"(\d{1,5})-([A-Za-z0-9_-]{0,80})", re.ASCII)
_LISTS = ["steps", "strengths", "contacts", "ties"]


def read(folder: Folder, root: Node) -> CityShape:
    """Read the pack whose ``city.yaml`` this is.

    Raises:
        PackError: something in it is missing, unknown or wrong; the message names file and line.
    """
    top = root.mapping(["format", "original", *ACTOR.required, *CITY.required], [*CITY.optional, *_LISTS])
    media = _Media(folder).read()
    actor, fields = ACTOR.understood(top), CITY.understood(top)
    number = fields.pop("number")
    if number is None and fields["stage"] in City.PUBLIC:
        raise top["stage"].fail(f"a city that is {fields['stage']} has a member number: say number")
    if number is not None and not 1 <= number <= 100_000:
        raise top["number"].fail(f"“{number}” is not a number from 1 to 100000")
    media.refers(fields["cover"], top, "cover", Medium.Kind.PICTURE)
    contacts = tuple(_listed(CONTACT, top, "contacts"))
    for said, node in zip(contacts, _items(top, "contacts"), strict=True):
        checks.contact(said["kind"], node.value["value"])
    return CityShape(
        at={name: node.place for name, node in top.items()},
        told=False,
        handle=actor["handle"],
        number=number,
        names=actor["names"],
        fields=fields,
        steps=tuple(_listed(STEP, top, "steps")),
        strengths=tuple(_listed(STRENGTH, top, "strengths")),
        contacts=contacts,
        ties=tuple(_tie(node, actor["handle"]) for node in _items(top, "ties")),
        routes=tuple(_route(folder, media, slug) for slug in folder.routes()),
        media=media.shapes,
        ceremonies=read_all(folder, media.refers),
    )


def _items(top: Mapping[str, Node], key: str) -> list[Node]:
    return top[key].items() if key in top else []


def _listed(table: Table, top: Mapping[str, Node], key: str) -> list[dict[str, Any]]:
    return [table.understood(node.mapping(table.required, table.optional)) for node in _items(top, key)]


def _tie(node: Node, handle: str) -> TieShape:
    top = node.mapping(["with", *TIE.required], ["proposed_by", *TIE.optional])
    other = checks.handle(top["with"])
    if other == handle:
        raise node.fail("a city has no tie with itself")
    by = top["proposed_by"].one_of([handle, other]) if "proposed_by" in top else handle
    return TieShape(other, TIE.understood(top), by)


def _route(folder: Folder, media: _Media, slug: str) -> RouteShape:
    if not re.fullmatch(_SLUG, slug):
        raise PackError(f"{folder.shown}/routes/{slug}: “{slug}” cannot stand in an address")
    root = folder.read(f"routes/{slug}/route.yaml")
    top = root.mapping(["original", *ROUTE.required], ROUTE.optional)
    fields = ROUTE.understood(top)
    media.refers(fields["cover"], top, "cover", Medium.Kind.PICTURE)
    media.refers(fields["film"], top, "film", Medium.Kind.FILM)
    stops = [_stop(folder, media, name) for name in folder.stops(slug)]
    numbers = [stop.number for stop in stops]
    twice = next((number for number in numbers if numbers.count(number) > 1), None)
    if twice is not None:
        raise PackError(f"{folder.shown}/routes/{slug}/stops: two stops have the number {twice}")
    return RouteShape(slug, fields, tuple(stops))


def _stop(folder: Folder, media: _Media, name: str) -> StopShape:
    root = folder.read(name)
    head = _STOP.fullmatch(PurePosixPath(name).stem)
    if not head or not 1 <= int(head[1]) <= 32767:
        raise root.fail("a stop's file is named by its number from 1 to 32767 and its slug, such as 01-pier.yaml")
    top = root.mapping(["original", *STOP.required], [*STOP.optional, "media"])
    fields = STOP.understood(top) | {"slug": head[2]}
    return StopShape(int(head[1]), fields, tuple(media.link(node) for node in _items(top, "media")))


class _Media:
    """The media of a pack: every file in ``media/`` that has a YAML file of its own name beside it."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.shapes: dict[str, MediumShape] = {}

    def read(self) -> _Media:
        for name in sorted(self.folder.files):
            if name.startswith("media/") and name.endswith(".yaml"):
                root = self.folder.read(name)
                self.shapes[name.removesuffix(".yaml")] = self._medium(root, name.removesuffix(".yaml"))
        names: dict[str, str] = {}
        for file, shape in self.shapes.items():
            other = names.setdefault(shape.fields["name"], file)
            if other != file:
                raise shape.node.fail(f"the name “{shape.fields['name']}” is that of {other} too")
            if shape.poster and getattr(self.shapes.get(shape.poster), "kind", "") != Medium.Kind.PICTURE:
                raise shape.node.fail(f"the poster {shape.poster} is no picture of this pack")
        return self

    def _medium(self, root: Node, file: str) -> MediumShape:
        top = root.mapping(["original", *MEDIUM.required], [*MEDIUM.optional, "captions"])
        fields = MEDIUM.understood(top)
        kind, sha256, poster = (fields.pop(key) for key in ("kind", "sha256", "poster"))
        fields["name"] = fields["name"] or file
        captions = tuple(map(self._caption, _items(top, "captions")))
        if len({caption["language"] for caption in captions}) < len(captions):
            raise top["captions"].fail("two captions are in the same language")
        path = self.folder.medium(root.place, file)
        return MediumShape(root.place, kind, file, path, fields, captions, poster or "", sha256)

    def _caption(self, node: Node) -> dict[str, Any]:
        top = node.mapping(["file", *CAPTION.required], CAPTION.optional)
        return CAPTION.understood(top) | {"vtt": checks.vtt(self.folder.medium(top["file"]), top["file"])}

    def refers(self, file: str | None, top: Mapping[str, Node], key: str, kind: str) -> None:
        """See that a key names a medium of the pack, and one of this kind."""
        if file is not None and (file not in self.shapes or self.shapes[file].kind != kind):
            raise top[key].fail(f"{file} is no {kind} of this pack: it needs a {file}.yaml that says kind: {kind}")

    def link(self, node: Node) -> LinkShape:
        top = node.mapping(["file", *LINK.required], LINK.optional)
        file = top["file"].word(most=300)
        if file not in self.shapes:
            raise top["file"].fail(f"{file} is no medium of this pack: it needs a {file}.yaml")
        return LinkShape(file, LINK.understood(top))
