"""Bringing packs in: everything is read and checked first, then each city is written in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from django.db import transaction

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.media.models import Caption, Medium
from cityplus.media.probe import MediumError, probe
from cityplus.packs.parsing import read_pack
from cityplus.packs.reading import PackError
from cityplus.packs.shapes import CityShape, MediumShape, RouteShape, StopShape, TieShape
from cityplus.routes.models import Route, Stop, StopMedium
from cityplus.ties.models import Tie

Tell = Callable[[str], None]
BY = "pack import"


def folders_of(path: Path) -> list[Path]:
    """The packs at a path: the folder itself, or the folders in it, that hold a ``city.yaml``.

    Raises:
        PackError: there is none.
    """
    if (path / "city.yaml").is_file():
        return [path]
    found = sorted(file.parent for file in path.glob("*/city.yaml"))
    if not found:
        raise PackError(f"{path} holds no pack: a pack is a folder with a city.yaml")
    return found


def import_packs(path: Path, tell: Tell = lambda _: None) -> list[City]:
    """Import the pack at a path, or every pack in it; importing again updates what is there.

    All packs are read, and all their media looked into, before the first is written.

    Raises:
        PackError: a pack cannot be understood; nothing has been written.
    """
    shapes = [read_pack(folder) for folder in folders_of(path)]
    for shape in shapes:
        _check_media(shape)
    _check_members(shapes)
    shapes.sort(key=lambda shape: shape.number)
    cities = []
    for index, shape in enumerate(shapes, 1):
        tell(f"[{index}/{len(shapes)}] {shape.names} · {len(shape.routes)} routes · {len(_media_of(shape))} media")
        cities.append(_Importer(shape).run())
    with transaction.atomic():
        for shape in shapes:
            _tie(shape)
    return cities


def _check_media(shape: CityShape) -> None:
    """Every medium is one that we take, of the kind that its place asks for, and every poster is a picture of the pack."""
    media = _media_of(shape)
    pictures = {medium.name for medium in media if medium.kind == Medium.Kind.PICTURE}
    for medium in media:
        try:
            kind = probe(medium.path).kind
        except MediumError as error:
            raise medium.node.fail(str(error)) from None
        if kind != medium.kind:
            raise medium.node.fail(f"{medium.name} is a {kind}, and a {medium.kind} stands here")
        if medium.poster and medium.poster not in pictures:
            raise medium.node.fail(
                f"the poster {medium.poster} must be a picture that this pack shows with its alt text"
            )


def _check_members(shapes: Sequence[CityShape]) -> None:
    """No two packs, and no pack and a city that is here, may claim one handle or one member number."""
    holders = dict(City.objects.exclude(number=None).values_list("number", "actor__handle"))
    numbers = {handle: number for number, handle in holders.items()}
    others = set(Actor.objects.exclude(kind=Actor.Kind.CITY).values_list("handle", flat=True))
    handles: set[str] = set()
    for shape in shapes:
        holder = holders.setdefault(shape.number, shape.handle)
        if holder != shape.handle:
            raise shape.at["number"].fail(f"member number {shape.number} is that of @{holder}")
        if numbers.get(shape.handle, shape.number) != shape.number:
            raise shape.at["number"].fail(f"@{shape.handle} is here already as member {numbers[shape.handle]}")
        if shape.handle in handles:
            raise shape.at["handle"].fail(f"two packs are of the city @{shape.handle}")
        if shape.handle in others:
            raise shape.at["handle"].fail(f"@{shape.handle} is here already, and is no city")
        handles.add(shape.handle)


def _media_of(shape: CityShape) -> Sequence[MediumShape]:
    media = [shape.cover]
    for route in shape.routes:
        media += [route.cover, *([route.film] if route.film else []), *(m for stop in route.stops for m in stop.media)]
    return list({medium.name: medium for medium in media}.values())


class _Importer:
    """Writes one pack."""

    def __init__(self, shape: CityShape) -> None:
        self.shape = shape

    def run(self) -> City:
        shape = self.shape
        self.actor, _ = Actor.objects.update_or_create(
            handle=shape.handle, defaults={"kind": Actor.Kind.CITY, "names": shape.names}
        )
        self.media = {medium.name: self._keep(medium) for medium in _media_of(shape)}
        self._link_posters()
        with transaction.atomic():
            city = self._city()
            for route in shape.routes:
                self._route(city, route)
            if city.stage == City.LIFE.first:
                self._launch(city)
            for draft in city.routes.filter(slug__in=[r.slug for r in shape.routes], state="draft"):
                draft.publish(by=BY)
            journal.record("pack.imported", city, handle=shape.handle, by=BY)
        return city

    def _keep(self, shape: MediumShape) -> Medium:
        medium = Medium.add(
            self.actor, shape.path, shape.name, credit=shape.credit, licence=shape.licence, by=BY,
            alt=shape.alt, title=shape.title, transcript=shape.transcript,
        )  # fmt: skip
        medium.captions.exclude(language__in=shape.captions).delete()
        for language, vtt in shape.captions.items():
            state = "author" if language == shape.original else "machine"
            Caption.objects.update_or_create(medium=medium, language=language, defaults={"vtt": vtt, "state": state})
        return medium

    def _link_posters(self) -> None:
        for shape in _media_of(self.shape):
            if shape.poster:
                medium = self.media[shape.name]
                medium.poster = self.media[shape.poster]
                medium.save(update_fields=["poster"])

    def _city(self) -> City:
        s = self.shape
        city, _ = City.objects.update_or_create(
            actor=self.actor,
            defaults={
                "country": s.country, "lat": s.lat, "lon": s.lon, "time_zone": s.time_zone,
                "population": s.population, "population_year": s.population_year,
                "population_scope": s.population_scope, "population_source": s.population_source,
                "languages": s.languages, "hue": s.hue, "tagline": s.tagline, "profile": s.profile,
                "cover": self.media[s.cover.name], "sources": s.sources,
            },
        )  # fmt: skip
        city.strengths.all().delete()
        for order, (section, sentence) in enumerate(s.strengths):
            city.strengths.create(section=section, sentence=sentence, order=order)
        city.contacts.all().delete()
        for order, (kind, value) in enumerate(s.contacts):
            city.contacts.create(kind=kind, value=value, order=order)
        return city

    def _launch(self, city: City) -> None:
        """A pack of a member tells a launch that has been: its steps are written with what is known of their dates."""
        for stage in ("preparing", "ready"):
            city.advance(stage, by=BY)
        city.advance("launched", by=BY, on=self.shape.launched, number=self.shape.number)

    def _route(self, city: City, shape: RouteShape) -> None:
        plain = ("title", "summary", "theme", "mode", "difficulty", "minutes", "step_free", "season", "best_time")
        route, _ = Route.objects.update_or_create(
            city=city,
            slug=shape.slug,
            defaults={
                **{name: getattr(shape, name) for name in plain},
                "cover": self.media[shape.cover.name],
                "film": self.media[shape.film.name] if shape.film else None,
                "sources": shape.sources,
                "credit": self.shape.credit,
                "licence": self.shape.licence,
            },
        )
        route.stops.filter(number__gt=len(shape.stops)).delete()
        for stop in shape.stops:
            self._stop(route, stop)

    def _stop(self, route: Route, shape: StopShape) -> None:
        plain = (
            "slug", "title", "lat", "lon", "address", "address_language", "story", "look_for", "access", "step_free",
            "minutes", "opening_hours", "website", "leg_mode", "leg_note", "leg_track", "sources",
        )  # fmt: skip
        stop, _ = Stop.objects.update_or_create(
            route=route, number=shape.number, defaults={name: getattr(shape, name) for name in plain}
        )
        stop.links.all().delete()
        for order, medium in enumerate(shape.media):
            StopMedium.objects.create(stop=stop, medium=self.media[medium.name], role=medium.role, order=order)


def _tie(shape: CityShape) -> None:
    """What a city says of its ties: the first of the two to say it proposes, the other accepts."""
    city = City.objects.get(actor__handle=shape.handle)
    for said in shape.ties:
        other = City.objects.filter(actor__handle=said.handle).first()
        if other:
            _propose_or_accept(city, other, said)


def _propose_or_accept(city: City, other: City, said: TieShape) -> None:
    tie = Tie.objects.of(city).of(other).first()
    if tie is None:
        Tie.propose(city, other, by=BY, since=said.since, source=said.source)
    elif tie.state == "proposed" and tie.proposed_by_id != city.pk:
        tie.accept(city, by=BY)
