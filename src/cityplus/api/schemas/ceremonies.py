from __future__ import annotations

from datetime import date, time
from typing import Annotated

from pydantic import BaseModel, Field

from cityplus.api.schemas.choice import OneOf
from cityplus.api.schemas.common import CityRef, ListOut, Moment, Page, Self
from cityplus.api.schemas.texts import MultilingualOut

Number = Annotated[int, Field(ge=1, description="The number of a ceremony", examples=[7])]
KINDS = ("launch", "signing", "opening")
STATES = ("planned", "open", "launched", "kept", "called_off")
Count = Annotated[int, Field(ge=0, examples=[3])]


class CeremonyCard(BaseModel):
    """A ceremony in few words."""

    id: Number
    kind: Annotated[
        str,
        OneOf(*KINDS),
        Field(
            description="The launch of a city, the signing of a friendship or the opening of a route",
            examples=["launch"],
        ),
    ]
    state: Annotated[
        str,
        OneOf(*STATES),
        Field(description="How far it is; kept when its keepsake is shown", examples=["kept"]),
    ]
    title: MultilingualOut | None
    theme: MultilingualOut | None
    day: Annotated[date, Field(description="The day of it in the hall", examples=["2018-12-03"])]
    starts_at: Annotated[Moment | None, Field(description="When it begins; null where the day alone is known")]
    time_zone: Annotated[str, Field(description="The IANA time zone of the hall", examples=["Europe/Amsterdam"])]
    launched_at: Annotated[Moment | None, Field(description="The moment of the launch, where a record of it was kept")]
    cities: Annotated[
        list[CityRef],
        Field(
            description="The members that take part, the one whose ceremony it is first. A city whose launch is still to "
            "come is no member yet and is not among them"
        ),
    ]
    self: Annotated[Self, Field(examples=["https://cityplus.example/api/cityplus/v1/ceremonies/7"])]
    url: Annotated[Page, Field(examples=["https://cityplus.example/ceremonies/7/"])]


class GuestOut(BaseModel):
    """A guest of honour."""

    names: MultilingualOut | None
    title: MultilingualOut | None
    pressed_at: Annotated[Moment | None, Field(description="When their palm was pressed; null where it was not")]


class ItemOut(BaseModel):
    """A point of the programme."""

    at: Annotated[
        time | None, Field(description="The time by the hall's clock, where one is given", examples=["10:00:00"])
    ]
    words: MultilingualOut | None


class CeremonyOut(CeremonyCard):
    """A ceremony."""

    place: MultilingualOut | None
    hosts: Annotated[MultilingualOut | None, Field(description="The hosts, one a line")]
    number: Annotated[
        int | None, Field(ge=1, description="The member number that a launch gave to the city", examples=[9])
    ]
    guests: Annotated[list[GuestOut], Field(description="The guests of honour in order of precedence")]
    palms: Annotated[
        Count, Field(description="The palms that were pressed so far, those of the public too; no rehearsals")
    ]
    programme: list[ItemOut]
    certificate: Annotated[
        Page | None,
        Field(
            description="The certificate as PDF, once it was launched",
            examples=["https://cityplus.example/ceremonies/7/certificate.pdf"],
        ),
    ]
    poster: Annotated[
        Page | None,
        Field(
            description="A picture of the wall, once it was launched",
            examples=["https://cityplus.example/ceremonies/7/poster.jpg"],
        ),
    ]


class CeremonyList(ListOut):
    """Ceremonies, the latest first."""

    items: list[CeremonyCard]
