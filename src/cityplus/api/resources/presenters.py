from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query
from pydantic import Field

from cityplus.actors.handles import PATTERN as HANDLE
from cityplus.api import asking, problems, public
from cityplus.api.addresses import resource
from cityplus.api.asking import PagedQuery, Reader, parameter
from cityplus.api.cursors import Place
from cityplus.api.problems import Problem
from cityplus.api.resource import Resource
from cityplus.api.resources import media
from cityplus.api.resources.cities import ref
from cityplus.api.schemas.events import (
    AppearanceOut,
    EventRef,
    PresenterCard,
    PresenterList,
    PresenterOut,
    PresenterRef,
    Slug,
)
from cityplus.events.models import Presenter, Session
from cityplus.events.presenting import sessions_of

operations = Resource("Presenters")


class PresenterQuery(PagedQuery):
    """Which presenters."""

    city: Annotated[str, Field(pattern=f"^{HANDLE}$")] = parameter(
        "city", "the handle of a city, such as thehague", "Only those of one city", examples=["thehague"]
    )


@operations.reads(
    "/presenters",
    PresenterList,
    name="listPresenters",
    summary="Presenters",
    about="Who presents cities, at events and elsewhere; those that came last first.",
)
def list_presenters(request: HttpRequest, response: HttpResponse, query: Query[PresenterQuery]) -> PresenterList:
    reader = Reader(request, response, query)
    found = public.presenters().order_by("-pk")
    if query.city:
        found = found.filter(city__actor__handle=query.city)
    if query.place:
        found = found.filter(pk__lt=query.place.key)
    rows, following = reader.paged(list(found[: query.limit + 1]), query.limit, lambda one: Place(one.pk))
    return PresenterList(items=[PresenterCard(**in_few_words(one, reader)) for one in rows], next=following)


@operations.reads(
    "/presenters/{presenter}",
    PresenterOut,
    name="getPresenter",
    summary="A presenter",
    about="A presenter with the sessions of public events in which they appear.",
)
def get_presenter(
    request: HttpRequest, response: HttpResponse, presenter: Path[Slug], query: Query[asking.Query]
) -> PresenterOut:
    reader = Reader(request, response, query)
    found = public.presenters().filter(slug=presenter).first()
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return PresenterOut(
        **in_few_words(found, reader),
        about=reader.text(found.about),
        sessions=[_appearance(session, reader) for session in sessions_of(found, public.NOBODY)],
    )


def in_few_words(one: Presenter, reader: Reader) -> dict[str, Any]:
    return {
        **_named(one, reader),
        "title": reader.text(one.title),
        "city": ref(one.city, reader) if one.city else None,
        "spoken": one.languages,
        "picture": media.card(one.picture, reader),
        "sample": one.sample,
    }


def ref_of(one: Presenter, reader: Reader) -> PresenterRef:
    return PresenterRef(**_named(one, reader))


def _named(one: Presenter, reader: Reader) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "names": reader.text(one.names),
        "self": resource(f"presenters/{one.slug}"),
        "url": reader.page(one.get_absolute_url()),
    }


def _appearance(session: Session, reader: Reader) -> AppearanceOut:
    event = session.event
    return AppearanceOut(
        title=reader.text(session.title),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        event=EventRef(
            title=reader.text(event.title),
            starts_at=event.starts_at,
            self=resource(f"events/{event.host.handle}/{event.slug}"),
            url=reader.page(event.get_absolute_url()),
        ),
    )
