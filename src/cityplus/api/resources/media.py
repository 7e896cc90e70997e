from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query

from cityplus.api import asking, problems, public
from cityplus.api.addresses import resource
from cityplus.api.asking import Reader
from cityplus.api.problems import Problem
from cityplus.api.resource import Resource
from cityplus.api.schemas.media import CaptionOut, MediumCard, MediumOut, Number, RenditionOut
from cityplus.media.models import Medium
from cityplus.web.addresses import absolute

operations = Resource("Media")
PREVIEW = 960
"""Pixels."""


@operations.reads(
    "/media/{id}",
    MediumOut,
    name="getMedium",
    summary="A medium",
    about="A picture, film or sound that a public page shows: its words, its credit and licence, and its files.",
)
def medium(request: HttpRequest, response: HttpResponse, id: Path[Number], query: Query[asking.Query]) -> MediumOut:  # noqa: A002
    reader = Reader(request, response, query)
    found = public.medium(id)
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return told(found, reader)


def told(medium: Medium, reader: Reader) -> MediumOut:
    return MediumOut(
        **in_few_words(medium, reader),
        title=reader.text(medium.title),
        transcript=reader.text(medium.transcript),
        width=medium.width,
        height=medium.height,
        seconds=medium.seconds,
        colour=medium.colour or None,
        poster=card(medium.poster, reader),
        renditions=[
            RenditionOut(
                url=absolute(r.url), content_type=r.content_type, width=r.width, height=r.height, bytes=r.bytes
            )
            for r in medium.renditions.all()
        ],
        captions=[CaptionOut(language=c.language, state=c.state, url=absolute(c.url)) for c in medium.captions.all()],
    )


def card(medium: Medium | None, reader: Reader) -> MediumCard | None:
    """A medium in few words; fetch its renditions with it."""
    return MediumCard(**in_few_words(medium, reader)) if medium else None


def card_of(medium: Medium, reader: Reader) -> dict[str, Any]:
    """The same as plain values."""
    return MediumCard(**in_few_words(medium, reader)).model_dump(exclude_unset=True)


def in_few_words(medium: Medium, reader: Reader) -> dict[str, Any]:
    preview = medium.best("image/jpeg", PREVIEW)
    return {
        "id": medium.pk,
        "kind": medium.kind,
        "alt": reader.text(medium.alt),
        "credit": medium.credit,
        "licence": medium.licence,
        "preview": absolute(preview.url) if preview else None,
        "self": resource(f"media/{medium.pk}"),
    }
