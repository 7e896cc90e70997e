from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from cityplus.api.schemas.choice import OneOf
from cityplus.api.schemas.common import CityRef, ListOut, Location, Metres, Sources
from cityplus.api.schemas.media import MediumCard
from cityplus.api.schemas.texts import TRAM, MultilingualOut, Tag
from cityplus.cities.isic import SECTIONS
from cityplus.cities.models import City, Contact, Proof

Section = Annotated[
    str,
    OneOf(*SECTIONS),
    Field(
        description="A section of ISIC Rev. 4, the United Nations' classification of economic activities",
        examples=["M"],
    ),
]
Scope = Annotated[str, OneOf(*City.Scope.values)]


class Population(BaseModel):
    """How many people, counted when, where and by whom. Figures of different scopes do not compare."""

    people: Annotated[int, Field(ge=0, examples=[548320])]
    year: Annotated[int | None, Field(examples=[2024])]
    scope: Annotated[Scope | None, Field(examples=["municipality"])]
    source: Annotated[str | None, Field(examples=["Statistics Netherlands"])]


class CityCard(CityRef):
    """A member in few words."""

    number: Annotated[int | None, Field(ge=1, description="Its member number", examples=[9])]
    stage: Annotated[str, OneOf(*City.PUBLIC), Field(description="Whether it is awake", examples=["launched"])]
    country: Annotated[str, Field(description="ISO 3166-1 alpha-2", examples=["NL"])]
    location: Location
    time_zone: Annotated[str, Field(description="IANA name", examples=["Europe/Amsterdam"])]
    languages: Annotated[list[Tag], Field(description="Its languages, the main one first", examples=[["nl"]])]
    sectors: Annotated[
        list[Section], Field(description="What it is good at, as sections of ISIC Rev. 4", examples=[["M"]])
    ]
    tagline: Annotated[MultilingualOut | None, Field(examples=[TRAM])]
    population: Population | None
    cover: MediumCard | None
    metres: Annotated[Metres, Field(default=0, description="With “near” only: metres from there", examples=[0])]


class StrengthOut(BaseModel):
    """What a city is good at."""

    section: Section
    sentence: MultilingualOut | None


class ContactOut(BaseModel):
    """How the public reaches a city."""

    kind: Annotated[str, OneOf(*Contact.Kind.values), Field(examples=["website"])]
    value: Annotated[str, Field(examples=["https://www.denhaag.nl/"])]


class OfficialOut(BaseModel):
    """A proof that the city's team is official. It is looked at every few days; ``doubted`` is one that was missed three times."""

    kind: Annotated[str, OneOf(*Proof.Kind.values), Field(examples=["dns"])]
    site: Annotated[
        str | None, Field(description="The site that confirms; none: the network office", examples=["denhaag.nl"])
    ]
    state: Annotated[str, OneOf("held", "doubted"), Field(examples=["held"])]
    confirmed_at: Annotated[datetime, Field(description="When it was last seen", examples=["2026-11-25T10:00:00Z"])]


class CityOut(CityCard):
    """A member with all that its page tells."""

    profile: Annotated[MultilingualOut | None, Field(description="The city in its own words")]
    strengths: list[StrengthOut]
    contacts: list[ContactOut]
    official: Annotated[list[OfficialOut], Field(description="Who confirms that it is the city that speaks here")]
    launched_on: Annotated[
        str | None,
        Field(description="The day of its launch, where that is known: an ISO 8601 date", examples=["2018-12-03"]),
    ]
    sources: Sources
    routes: Annotated[
        str,
        Field(
            description="Where the API has its routes",
            examples=["https://cityplus.example/api/cityplus/v1/cities/thehague/routes"],
        ),
    ]
    ties: Annotated[
        str,
        Field(
            description="Where the API has its ties",
            examples=["https://cityplus.example/api/cityplus/v1/ties?city=thehague"],
        ),
    ]


class CityList(ListOut):
    """Members of the network by their number, or from a place outwards."""

    items: list[CityCard]
