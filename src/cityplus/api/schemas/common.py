"""Shapes that several resources share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from cityplus.api.schemas.texts import CityNames

Handle = Annotated[
    str, Field(pattern="^[a-z][a-z0-9_]{1,29}$", description="The handle of a city", examples=["thehague"])
]
Metres = Annotated[int, Field(ge=0, description="Metres", examples=[1570])]
Minutes = Annotated[int, Field(ge=0, description="Minutes", examples=[21])]
Self = Annotated[
    str,
    Field(description="Where the API has it", examples=["https://cityplus.example/api/cityplus/v1/cities/thehague"]),
]
Page = Annotated[
    str,
    Field(
        description="Its page, in the reader's language where the interface speaks it",
        examples=["https://cityplus.example/@thehague/"],
    ),
]
Moment = Annotated[datetime, Field(description="A moment in UTC, ISO 8601", examples=["2026-11-22T10:00:00Z"])]
Sources = Annotated[
    list[str], Field(description="Where the facts come from", examples=[["Municipality of The Hague, 2024"]])
]


class Location(BaseModel):
    """A place in WGS-84 degrees."""

    lat: Annotated[float, Field(ge=-90, le=90, examples=[52.07667])]
    lon: Annotated[float, Field(ge=-180, le=180, examples=[4.29861])]


class ListOut(BaseModel):
    """A page of a list."""

    next: Annotated[
        str | None,
        Field(
            description="The address of the next page, null on the last; also in the header Link",
            examples=["https://cityplus.example/api/cityplus/v1/cities?after=AAAAAAAAAAkAAAAAAAAACQ"],
        ),
    ]


class CityRef(BaseModel):
    """A city, as far as others name it."""

    handle: Handle
    names: CityNames
    self: Self
    url: Page


class ProblemError(BaseModel):
    """One thing that is wrong in the query."""

    parameter: Annotated[str, Field(description="Its name; empty for the query as a whole", examples=["limit"])]
    detail: Annotated[
        str, Field(description="What is wrong, in a sentence", examples=["It takes a whole number from 1 to 100."])
    ]


class ProblemOut(BaseModel):
    """What went wrong (RFC 9457)."""

    type: Annotated[
        str,
        Field(
            description="Which kind of problem it is; the address explains it",
            examples=["https://cityplus.example/api/cityplus/v1/#problem-invalid-query"],
        ),
    ]
    title: Annotated[str, Field(description="The kind in words", examples=["The query cannot be read"])]
    status: Annotated[int, Field(ge=400, le=599, description="The status of the answer", examples=[400])]
    detail: Annotated[
        str, Field(description="What to do about it", examples=["“errors” names each part that is wrong."])
    ]
    errors: Annotated[
        list[ProblemError],
        Field(default_factory=list, description="For a query that cannot be read: each thing that is wrong"),
    ]
