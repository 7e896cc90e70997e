from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from cityplus.api.schemas.choice import OneOf
from cityplus.api.schemas.common import ListOut, Location, Metres, Page, Self
from cityplus.api.schemas.texts import CityNames, Tag

KINDS = ("city", "route", "stop")
FoundKind = Annotated[str, OneOf(*KINDS), Field(description="What it is", examples=["city"])]


class NameOut(BaseModel):
    """A name in one language."""

    text: Annotated[str, Field(examples=["Den Haag"])]
    language: Tag


class SearchHit(BaseModel):
    """Something that was found."""

    kind: FoundKind
    title: CityNames
    match: Annotated[NameOut, Field(description="The name that fits the question best")]
    location: Location | None
    metres: Annotated[Metres | None, Field(description="Metres from “near”; null where nothing was said")]
    self: Self
    url: Page


class SearchList(ListOut):
    """What was found, the best first. At most 200 things of each kind are ranked, and the list ends there."""

    meant: Annotated[
        str | None,
        Field(
            description="The question as it was understood, where that is not as it was typed",
            examples=["peace palace"],
        ),
    ]
    items: list[SearchHit]


class Suggestion(BaseModel):
    """What a question that is being typed may become."""

    kind: FoundKind
    name: Annotated[NameOut, Field(description="The name that is being typed")]
    beside: Annotated[
        NameOut | None, Field(description="The reader's name for it, or its own; null where that is the same")
    ]
    self: Self
    url: Page


class SuggestionList(BaseModel):
    """Suggestions, the best first."""

    items: list[Suggestion]
