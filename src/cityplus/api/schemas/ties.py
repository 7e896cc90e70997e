from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from cityplus.api.schemas.common import CityRef, ListOut, Metres, Moment, Page, Self


class TieOut(BaseModel):
    """A friend-city tie that both cities agreed to."""

    pair: Annotated[str, Field(description="The two handles in alphabetical order", examples=["shenzhen+thehague"])]
    cities: Annotated[list[CityRef], Field(min_length=2, max_length=2, description="The two, in that order")]
    since: Annotated[
        str | None,
        Field(
            description="The year, month or day on which the friendship began, as far as the source says",
            examples=["2014"],
        ),
    ]
    source: Annotated[str | None, Field(description="What says so", examples=["Yearbook of the municipality, 2015"])]
    accepted_at: Annotated[Moment | None, Field(description="When the tie was accepted on this network")]
    metres: Annotated[Metres, Field(description="Metres between the two, along a great circle", examples=[9250000])]
    self: Annotated[Self, Field(examples=["https://cityplus.example/api/cityplus/v1/ties/shenzhen+thehague"])]
    url: Annotated[Page, Field(examples=["https://cityplus.example/ties/shenzhen+thehague/"])]


class TieList(ListOut):
    """Ties, in the order in which they were proposed."""

    items: list[TieOut]
