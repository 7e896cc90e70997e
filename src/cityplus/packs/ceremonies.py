"""Ceremonies in packs: what a city has behind it. What is only planned belongs to the people who are at it, and stays.

A ceremony travels in the pack of the city whose ceremony it was. It is written once all packs and ties are in, for it may be of
several cities; one that signs a friendship waits for both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction

from cityplus.ceremonies.models import Beats, Ceremony, Guest, Item, Picture, Run, Taking
from cityplus.cities.models import City
from cityplus.media.models import Medium
from cityplus.packs import checks
from cityplus.packs.ceremony_tables import CEREMONY, GUEST, ITEM, PALM, RUN, TAKEN
from cityplus.packs.columns import NameOf
from cityplus.packs.declaring import Table
from cityplus.packs.opening import Folder
from cityplus.packs.reading import Node
from cityplus.packs.shapes import BeatShape, CeremonyShape, Fields
from cityplus.ties.models import Tie

BY = "pack import"
Refers = Callable[[Any, Mapping[str, Node], str, Any], None]
"""Sees that a key names a medium of the pack of a kind; refuses where it does not."""


# Reading


def read_all(folder: Folder, refers: Refers) -> tuple[CeremonyShape, ...]:
    """The ceremonies of a pack.

    Raises:
        PackError: something in them is missing, unknown or wrong.
    """
    return tuple(_read(folder.read(name), refers) for name in folder.ceremonies())


def _read(root: Node, refers: Refers) -> CeremonyShape:
    top = root.mapping(
        ["original", *CEREMONY.required],
        [*CEREMONY.optional, "with", "route", "guests", "programme", "pictures", "run"],
    )
    fields = CEREMONY.understood(top)
    refers(fields["music"], top, "music", Medium.Kind.SOUND)
    refers(fields["recording"], top, "recording", Medium.Kind.FILM)
    kind, others = fields["kind"], tuple(checks.handle(node) for node in _items(top, "with"))
    if kind == Ceremony.Kind.SIGNING and len(others) != 1:
        raise top["kind"].fail("the signing of a friendship is of two cities: name the other one with")
    if (kind == Ceremony.Kind.OPENING) != ("route" in top):
        raise top["kind"].fail("the opening of a route names the route, and nothing else does")
    guests = tuple(_rows(GUEST, top, "guests"))
    for node in _items(top, "pictures"):
        refers(node.word(), {"pictures": node}, "pictures", Medium.Kind.PICTURE)
    run, beats = _run(top["run"], len(guests)) if "run" in top else (None, ())
    return CeremonyShape(
        fields=fields,
        others=others,
        route=top["route"].word(most=80) if "route" in top else "",
        guests=guests,
        programme=tuple(_rows(ITEM, top, "programme")),
        pictures=tuple(node.word() for node in _items(top, "pictures")),
        run=run,
        beats=beats,
    )


def _items(top: Mapping[str, Node], key: str) -> list[Node]:
    return top[key].items() if key in top else []


def _rows(table: Table, top: Mapping[str, Node], key: str) -> list[dict[str, Any]]:
    return [table.understood(node.mapping(table.required, table.optional)) for node in _items(top, key)]


def _run(node: Node, guests: int) -> tuple[Fields, tuple[BeatShape, ...]]:
    top = node.mapping([*RUN.required, "beats"], RUN.optional)
    return RUN.understood(top), tuple(_beat(one, guests) for one in top["beats"].items())


def _beat(node: Node, guests: int) -> BeatShape:
    if isinstance(node.value, dict) and "state" in node.value:
        return BeatShape(TAKEN.understood(node.mapping(TAKEN.required, TAKEN.optional)), palm=False)
    top = node.mapping(PALM.required, [*PALM.optional, "guest"])
    return BeatShape(PALM.understood(top), palm=True, guest=top["guest"].whole(1, guests) if "guest" in top else 0)


# Writing a pack


def said(ceremony: Ceremony, original: str, name_of: NameOf) -> dict[str, Any]:
    """A ceremony as YAML."""
    out = CEREMONY.said(ceremony, original, name_of)
    if "words" in out:
        out["words"] = {step: _stored(text) for step, text in ceremony.words.items()}
    out["with"] = [city.handle for city in ceremony.cities_in_order[1:]]
    out["route"] = ceremony.route.slug if ceremony.route else ""
    guests = list(ceremony.guests.all())
    out["guests"] = [GUEST.said(guest, original, name_of) for guest in guests]
    out["programme"] = [ITEM.said(item, original, name_of) for item in ceremony.programme.all()]
    out["pictures"] = [name_of(shown.medium_id) for shown in ceremony.shown.all()]
    run = ceremony.runs.filter(rehearsal=False, state="launched").first()
    if run:
        places = {guest.pk: number for number, guest in enumerate(guests, 1)}
        out["run"] = {**RUN.said(run, original, name_of), "beats": _beats(run, places, name_of)}
    return {key: value for key, value in out.items() if value not in ([], "")}


def _beats(run: Run, places: Mapping[int, int], name_of: NameOf) -> list[dict[str, Any]]:
    told: list[tuple[int, dict[str, Any]]] = [(step.beat, TAKEN.said(step, "", name_of)) for step in run.steps.all()]
    for palm in run.palms.all():
        guest = {"guest": places[palm.guest_id]} if palm.guest_id else {}
        told.append((palm.beat, {**PALM.said(palm, "", name_of), **guest}))
    return [one for _beat, one in sorted(told, key=lambda pair: pair[0])]


def _stored(text: Mapping[str, Any]) -> dict[str, Any]:
    """A stored text as a pack says one whose original may be any language."""
    versions = text["versions"].items()
    return {tag: {**version, **({"original": "yes"} if tag == text["original"] else {})} for tag, version in versions}


# Bringing in


def bring(city: City, shape: CeremonyShape, media: Mapping[str, Medium]) -> None:
    """Write a ceremony of a city that is here. One that is here already keeps its state, its palms and its guests."""
    others = {c.handle: c for c in City.objects.select_related("actor").filter(actor__handle__in=shape.others)}
    cities = [city, *(others[handle] for handle in shape.others if handle in others)]
    columns: dict[str, Any] = {n: media[v] if n in {"music", "recording"} and v else v for n, v in shape.fields.items()}
    kind, starts_at = columns["kind"], columns["starts_at"]
    if kind == Ceremony.Kind.SIGNING:
        ties = Tie.objects.of(city).exclude(state="proposed")
        columns["tie"] = ties.of(*cities[1:]).first() if cities[1:] else None
    if kind == Ceremony.Kind.OPENING:
        columns["route"] = city.routes.filter(slug=shape.route).first()
    if (kind == Ceremony.Kind.SIGNING and not columns["tie"]) or (
        kind == Ceremony.Kind.OPENING and not columns["route"]
    ):
        return
    with transaction.atomic():
        here = Ceremony.objects.filter(takings__city=city, takings__order=0, kind=kind, starts_at=starts_at).first()
        if here:
            kept = {"state", "announced", "launched_at"}
            Ceremony.objects.filter(pk=here.pk).update(**{n: v for n, v in columns.items() if n not in kept})
            ceremony = here
        else:
            ceremony = Ceremony.objects.create(**columns)
        _rows_of(ceremony, cities, shape, media)
        if not here:
            guests = [
                Guest.objects.create(ceremony=ceremony, order=n, **fields) for n, fields in enumerate(shape.guests)
            ]
            _restore(ceremony, shape, guests)
            ceremony.record(ceremony.state, by=BY, public=ceremony.announced)


def _rows_of(ceremony: Ceremony, cities: Sequence[City], shape: CeremonyShape, media: Mapping[str, Medium]) -> None:
    for order, city in enumerate(cities):
        Taking.objects.update_or_create(ceremony=ceremony, city=city, defaults={"order": order, "state": "accepted"})
    ceremony.programme.all().delete()
    Item.objects.bulk_create(Item(ceremony=ceremony, order=n, **fields) for n, fields in enumerate(shape.programme))
    ceremony.shown.all().delete()
    Picture.objects.bulk_create(
        Picture(ceremony=ceremony, medium=media[name], order=n) for n, name in enumerate(dict.fromkeys(shape.pictures))
    )


def _restore(ceremony: Ceremony, shape: CeremonyShape, guests: Sequence[Guest]) -> None:
    """The run in earnest, with its palms and steps in the order in which they came."""
    if shape.run is None:
        return
    run = Run.objects.create(ceremony=ceremony, rehearsal=False, state="launched", **shape.run)
    palms, steps = [], []
    for beat, one in zip(Beats.take(len(shape.beats)), shape.beats, strict=True):
        if one.palm:
            guest = guests[one.guest - 1] if one.guest else None
            palms.append(run.palms.model(run=run, beat=beat, nonce=f"pack:{beat}", guest=guest, **one.fields))
        else:
            steps.append(run.steps.model(run=run, beat=beat, **one.fields))
    run.palms.bulk_create(palms, batch_size=1000)
    run.steps.bulk_create(steps)
