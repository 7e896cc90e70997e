"""What documents of a city's things have in common: their media, and what of their texts is public."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.drafts import leaves
from cityplus.drafts.models.draft import PERSON
from cityplus.drafts.shapes import Document, DocumentError, Shape
from cityplus.languages.text import Text
from cityplus.media.models import Medium

_KINDS = {"picture": Medium.Kind.PICTURE, "film": Medium.Kind.FILM, "sound": Medium.Kind.SOUND}


def verify_media(owner: Actor, edits: Collection[tuple[str, leaves.Leaf, Any]]) -> None:
    """See that the media that edits name are this actor's, and of the kind that the place is for.

    Raises:
        DocumentError: one is not.
    """
    wanted: dict[int, list[tuple[str, str]]] = {}
    for path, leaf, value in edits:
        if isinstance(leaf, leaves.Medium) and value:
            wanted.setdefault(value, []).append((path, leaf.kind))
        elif isinstance(leaf, leaves.Media):
            for link in value or ():
                wanted.setdefault(link["medium"], []).append((path, ""))
    kinds = dict(Medium.objects.filter(owner=owner, pk__in=wanted).values_list("pk", "kind")) if wanted else {}
    for pk, places in wanted.items():
        for path, kind in places:
            if pk not in kinds or (kind and kinds[pk] != _KINDS[kind]):
                raise DocumentError(path, _("There is no such medium in the library of this city."))


def places_of_media(shape: Shape, document: Document) -> Iterator[tuple[str, int]]:
    """The path of every place at which a document names a medium, with the medium's number."""
    for path, leaf in shape.places(document):
        value = shape.at(path).value(document) if not isinstance(leaf, leaves.Words) else None
        if isinstance(leaf, leaves.Medium) and value:
            yield path, value
        elif isinstance(leaf, leaves.Media):
            yield from ((path, link["medium"]) for link in value or ())


def media_of(owner: Actor, shape: Shape, document: Document) -> Mapping[int, Medium]:
    """The media that a document names, with all that a page needs to show them, in a fixed number of queries."""
    wanted = {number for _path, number in places_of_media(shape, document)}
    found = Medium.objects.with_renditions().select_related("poster").filter(owner=owner, pk__in=wanted)
    return {medium.pk: medium for medium in found}


def said(value: Any) -> Any:
    """A column as a document holds it: a text as its stored shape, and one that nobody has written as nothing."""
    return (value.as_json() if value else {}) if isinstance(value, Text) else value


def public_text(value: Mapping[str, Any] | None, handle: str) -> Text:
    """A text as the public gets it: a version that somebody of the team wrote is the city's, and not said to be that person's."""
    if not value:
        return Text()
    versions = {
        tag: version | {"by": f"@{handle}"} if version.get("by", "").startswith(PERSON) else version
        for tag, version in value["versions"].items()
    }
    return Text.from_json({"original": value["original"], "versions": versions})
