from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from cityplus.api.schemas.choice import OneOf
from cityplus.api.schemas.common import CityRef, ListOut, Location, Moment, Page, Self
from cityplus.api.schemas.social import ActorRef
from cityplus.api.schemas.texts import MultilingualOut, Tag
from cityplus.cities.isic import DIVISIONS, SECTIONS
from cityplus.opportunities.models import Opportunity

_SELF = "https://cityplus.example/api/cityplus/v1/opportunities/thehague/smart-quays"
SLUG = "^[A-Za-z0-9_-]{1,80}$"
Slug = Annotated[str, Field(pattern=SLUG, description="Its name in its address", examples=["smart-quays"])]
Code = Annotated[
    str, OneOf(*SECTIONS, *DIVISIONS), Field(description="A section or division of ISIC Rev. 4", examples=["62"])
]


class Money(BaseModel):
    """A range of money that its host made public, in whole numbers of the smallest unit of the currency."""

    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", description="ISO 4217", examples=["EUR"])]
    lowest: Annotated[int, Field(ge=0, description="Where the range begins", examples=[500000])]
    highest: Annotated[int, Field(ge=0, description="Where it ends", examples=[2000000])]


class OpportunityOut(BaseModel):
    """Something that a city or an organisation offers or asks for."""

    slug: Slug
    host: Annotated[ActorRef, Field(description="Who offers or asks")]
    city: Annotated[CityRef, Field(description="The city that has looked it over")]
    direction: Annotated[
        str,
        OneOf(*Opportunity.Direction.values),
        Field(description="Whether it is offered or asked for", examples=["offer"]),
    ]
    purpose: Annotated[str, OneOf(*Opportunity.Kind.values), Field(description="What kind it is", examples=["pilot"])]
    title: MultilingualOut
    story: MultilingualOut
    place: Annotated[MultilingualOut | None, Field(description="Where, in words")]
    location: Annotated[Location | None, Field(description="Where, where it says so")]
    sectors: Annotated[list[Code], Field(description="The main one first", examples=[["62", "H"]])]
    size: Annotated[
        str | None,
        Field(
            description=f"Its order of magnitude: one of {', '.join(Opportunity.Size.values)}; null where nobody says",
            examples=["medium"],
        ),
    ]
    value: Annotated[Money | None, Field(description="Null where there is none, or its host keeps it")]
    spoken: Annotated[list[Tag], Field(description="Languages in which it can be answered", examples=[["en", "nl"]])]
    sample: Annotated[bool, Field(description="Whether it is invented, to show how it looks", examples=[False])]
    published_at: Moment
    expires_at: Moment
    self: Annotated[Self, Field(examples=[_SELF])]
    url: Annotated[Page, Field(examples=["https://cityplus.example/@thehague/opportunities/smart-quays/"])]


class OpportunityList(ListOut):
    """Open opportunities, the newest first."""

    items: list[OpportunityOut]
