from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from cityplus.api.schemas.choice import OneOf, Whole
from cityplus.api.schemas.common import CityRef, ListOut, Location, Metres, Minutes, Moment, Page, Self, Sources
from cityplus.api.schemas.media import MediumCard
from cityplus.api.schemas.texts import MultilingualOut, RouteTitle, StopTitle, Tag
from cityplus.routes.models import Route, Stop
from cityplus.routes.models.route import Mode as RouteMode

Slug = Annotated[
    str,
    Field(
        pattern="^[A-Za-z0-9_-]{1,80}$", description="The name of a route in its address", examples=["22-destinations"]
    ),
]
StopNumber = Annotated[int, Field(ge=1, le=32767, description="The stops of a route count from 1", examples=[8]), Whole]
Theme = Annotated[str, OneOf(*Route.Theme.values), Field(description="What it is about", examples=["culture"])]
Mode = Annotated[str, OneOf(*RouteMode.values), Field(description="How one goes", examples=["walk"])]
Difficulty = Annotated[str, OneOf(*Route.Difficulty.values), Field(description="How hard it is", examples=["easy"])]
StepFree = Annotated[
    str, OneOf(*Stop.StepFree.values), Field(description="Whether one gets there without steps", examples=["full"])
]
Role = Annotated[str, OneOf("soundscape", "guide")]


class RouteCard(BaseModel):
    """An experience route in few words."""

    slug: Slug
    city: CityRef
    title: RouteTitle
    summary: MultilingualOut | None
    theme: Theme | None
    mode: Mode
    difficulty: Difficulty | None
    minutes: Annotated[Minutes, Field(description="The whole of it with its visits, in minutes", examples=[480])]
    stop_count: Annotated[int, Field(ge=0, description="How many stops it has", examples=[22])]
    cover: MediumCard | None
    published_at: Moment | None
    self: Annotated[
        Self, Field(examples=["https://cityplus.example/api/cityplus/v1/cities/thehague/routes/22-destinations"])
    ]
    url: Annotated[Page, Field(examples=["https://cityplus.example/@thehague/routes/22-destinations/"])]


class RouteFiles(BaseModel):
    """Where the route is as a file, in the reader's language where the interface speaks it."""

    gpx: Annotated[str, Field(examples=["https://cityplus.example/@thehague/routes/22-destinations/route.gpx"])]
    kml: Annotated[str, Field(examples=["https://cityplus.example/@thehague/routes/22-destinations/route.kml"])]
    geojson: Annotated[str, Field(examples=["https://cityplus.example/@thehague/routes/22-destinations/route.geojson"])]
    booklet: Annotated[
        str,
        Field(
            description="A PDF to print",
            examples=["https://cityplus.example/@thehague/routes/22-destinations/route.pdf"],
        ),
    ]


class RouteOut(RouteCard):
    """An experience route. Its stops are a list of their own."""

    step_free: Annotated[MultilingualOut | None, Field(description="How it is to go without steps")]
    season: MultilingualOut | None
    best_time: MultilingualOut | None
    metres: Annotated[Metres, Field(description="The way between its stops, in metres", examples=[31400])]
    moving_minutes: Annotated[Minutes, Field(description="Minutes on the way, without the visits", examples=[310])]
    reckoned: Annotated[
        bool, Field(description="Whether some of the way is an estimate, where nobody drew a track", examples=[True])
    ]
    film: MediumCard | None
    credit: Annotated[str | None, Field(description="Who is to be named for its words", examples=["The Hague"])]
    licence: Annotated[
        str | None, Field(description="How its words may be used: an SPDX identifier", examples=["CC-BY-4.0"])
    ]
    sources: Sources
    files: RouteFiles
    stops: Annotated[
        str,
        Field(
            description="Where the API has its stops",
            examples=["https://cityplus.example/api/cityplus/v1/cities/thehague/routes/22-destinations/stops"],
        ),
    ]


class RouteList(ListOut):
    """Routes, the newest first."""

    items: list[RouteCard]


class LegCard(BaseModel):
    """The way to a stop from the one before it."""

    mode: Mode
    metres: Metres
    minutes: Minutes
    drawn: Annotated[
        bool, Field(description="Whether somebody drew the track; else the length is reckoned", examples=[False])
    ]


class LegOut(LegCard):
    """The way to a stop from the one before it, with what is said and drawn of it."""

    note: MultilingualOut | None
    track: Annotated[
        list[Location],
        Field(
            description="The way between the two stops, where it was drawn",
            examples=[[{"lat": 52.0823, "lon": 4.3051}]],
        ),
    ]


class StopCard(BaseModel):
    """A stop in few words."""

    number: StopNumber
    slug: Annotated[str, Field(description="Its name in short", examples=["vredespaleis"])]
    title: StopTitle
    location: Location
    minutes: Annotated[Minutes, Field(description="How long a visit takes, in minutes", examples=[45])]
    step_free: StepFree
    leg: Annotated[LegCard | None, Field(description="The way here; null at the first stop")]
    picture: MediumCard | None
    self: Annotated[
        Self,
        Field(examples=["https://cityplus.example/api/cityplus/v1/cities/thehague/routes/22-destinations/stops/8"]),
    ]
    url: Annotated[Page, Field(examples=["https://cityplus.example/@thehague/routes/22-destinations/stops/8/"])]


class AddressOut(BaseModel):
    """A postal address in the local script."""

    text: Annotated[str, Field(examples=["Carnegieplein 2, 2517 KJ Den Haag"])]
    language: Tag | None


class StopMediumOut(MediumCard):
    """A medium at a stop."""

    role: Annotated[Role | None, Field(description="For sounds: what it is for", examples=[None])]


class StopOut(StopCard):
    """A stop with its story and its media."""

    leg: Annotated[LegOut | None, Field(description="The way here; null at the first stop")]
    address: AddressOut | None
    story: MultilingualOut | None
    look_for: MultilingualOut | None
    access: Annotated[MultilingualOut | None, Field(description="How one gets in, and what is in the way")]
    opening_hours: Annotated[
        str | None, Field(description="In the syntax of OpenStreetMap", examples=["Tu-Su 10:00-17:00"])
    ]
    website: Annotated[str | None, Field(examples=["https://www.peacepalace.org/"])]
    media: Annotated[list[StopMediumOut], Field(description="Pictures, films and sounds, in order")]
    sources: Sources
    route: Annotated[
        str,
        Field(
            description="Where the API has its route",
            examples=["https://cityplus.example/api/cityplus/v1/cities/thehague/routes/22-destinations"],
        ),
    ]


class StopList(ListOut):
    """The stops of a route, in order."""

    items: list[StopCard]
