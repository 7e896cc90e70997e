"""Writing one pack that was read and checked: its media first, then the city, whole, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.media.models import Medium
from cityplus.packs.shapes import CityShape, Fields, MediumShape, RouteShape, StopShape
from cityplus.routes.models import Route, Stop, StopMedium

BY = "pack import"


class Bringing:
    """Brings in one city. A city or a route that is here keeps its state: what was done here since is not undone."""

    def __init__(self, shape: CityShape) -> None:
        self.shape = shape
        self.media: dict[str, Medium] = {}

    def run(self) -> City:
        shape = self.shape
        self.actor, _ = Actor.objects.update_or_create(
            handle=shape.handle, defaults={"kind": Actor.Kind.CITY, "names": shape.names}
        )
        for file, medium in shape.media.items():
            self.media[file] = self._keep(medium)
        for file, medium in shape.media.items():
            if medium.poster:
                Medium.objects.filter(pk=self.media[file].pk).update(poster=self.media[medium.poster])
        with transaction.atomic():
            self.actor.touch()
            city = self._city()
            for route in shape.routes:
                self._route(city, route)
            if shape.told:
                self._tell(city)
            journal.record("pack.imported", city, handle=shape.handle, by=BY)
        return city

    def _keep(self, shape: MediumShape) -> Medium:
        medium = Medium.add(self.actor, shape.path, by=BY, **shape.fields)
        medium.captions.exclude(language__in=[caption["language"] for caption in shape.captions]).delete()
        for caption in shape.captions:
            rest = {name: value for name, value in caption.items() if name != "language"}
            medium.captions.update_or_create(language=caption["language"], defaults=rest)
        return medium

    def _columns(self, model: type[models.Model], fields: Fields) -> dict[str, Any]:
        """The columns as the model takes them: media in place of their names."""
        columns = dict(fields)
        for name, value in fields.items():
            if isinstance(value, str) and model._meta.get_field(name).related_model is Medium:
                columns[name] = self.media[value]
        return columns

    def _city(self) -> City:
        shape = self.shape
        columns = self._columns(City, shape.fields)
        stage = columns.pop("stage", City.LIFE.first)
        fresh = {} if shape.told else {"stage": stage, "number": shape.number}
        city, made = City.objects.update_or_create(actor=self.actor, defaults=columns, create_defaults=columns | fresh)
        for rows, said in ((city.strengths, shape.strengths), (city.contacts, shape.contacts)):
            rows.all().delete()
            for order, fields in enumerate(said):
                rows.create(order=order, **fields)
        if made and not shape.told:
            for fields in shape.steps:
                stamped(city.steps.create(**fields), fields)
            public = stage in City.PUBLIC
            journal.record(
                f"city.{stage}",
                city,
                handle=shape.handle,
                by=BY,
                public=public,
                on=city.launched_on,
                number=city.number,
            )
        return city

    def _tell(self, city: City) -> None:
        """A pack of the first format tells a launch that has been: its steps are written with what is known of their dates, and
        its routes are public."""
        if city.stage == City.LIFE.first:
            for stage in ("preparing", "ready"):
                city.advance(stage, by=BY)
            city.advance("launched", by=BY, on=self.shape.launched, number=self.shape.number)
        for draft in city.routes.filter(slug__in=[route.slug for route in self.shape.routes], state="draft"):
            draft.publish(by=BY)

    def _route(self, city: City, shape: RouteShape) -> None:
        columns = self._columns(Route, shape.fields)
        fresh = {name: columns.pop(name) for name in ("state", "published_at") if name in columns}
        route, made = Route.objects.update_or_create(
            city=city, slug=shape.slug, defaults=columns, create_defaults=columns | fresh
        )
        route.stops.exclude(number__in=[stop.number for stop in shape.stops]).delete()
        for stop in shape.stops:
            self._stop(route, stop)
        if made and route.state != Route.LIFE.first:
            public = route.state == "published"
            journal.record(f"route.{route.state}", route, handle=city.handle, by=BY, public=public)

    def _stop(self, route: Route, shape: StopShape) -> None:
        stop, _ = Stop.objects.update_or_create(
            route=route, number=shape.number, defaults=self._columns(Stop, shape.fields)
        )
        stop.links.all().delete()
        StopMedium.objects.bulk_create(
            StopMedium(stop=stop, medium=self.media[link.file], order=order, **link.fields)
            for order, link in enumerate(shape.links)
        )


def stamped(row: models.Model, fields: Mapping[str, Any]) -> None:
    """Write the moments that a row was given: Django would put the present one in their place."""
    moments = {
        field.name: fields[field.name]
        for field in row._meta.concrete_fields
        if getattr(field, "auto_now_add", False) and field.name in fields
    }
    if moments:
        type(row)._default_manager.filter(pk=row.pk).update(**moments)
