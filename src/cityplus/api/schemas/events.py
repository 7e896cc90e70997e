from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from cityplus.actors.handles import PATTERN as HANDLE
from cityplus.api.schemas.choice import OneOf
from cityplus.api.schemas.common import CityRef, ListOut, Location, Moment, Page, Self
from cityplus.api.schemas.media import MediumCard
from cityplus.api.schemas.social import ActorRef
from cityplus.api.schemas.texts import CityNames, MultilingualOut, Tag
from cityplus.cities.isic import DIVISIONS, SECTIONS
from cityplus.events.models import Event

_API = "https://cityplus.example/api/cityplus/v1"
STATES = ("published", "held", "cancelled")
SLUG = "^[A-Za-z0-9_-]{1,80}$"
Host = Annotated[
    str, Field(pattern=f"^{HANDLE}$", description="The handle of the first organiser", examples=["thehague"])
]
Slug = Annotated[str, Field(pattern=SLUG, description="Its name in its address", examples=["two-hall-meeting"])]
Zone = Annotated[str, Field(description="IANA name of a time zone", examples=["Europe/Amsterdam"])]
Spoken = Annotated[list[Tag], Field(description="Languages that are spoken", examples=[["en", "zh-Hans"]])]
Places = Annotated[int, Field(ge=0, examples=[120])]


class PresenterRef(BaseModel):
    """A presenter, as far as others name them."""

    slug: Annotated[Slug, Field(examples=["marja-devries"])]
    names: CityNames
    self: Annotated[Self, Field(examples=[f"{_API}/presenters/marja-devries"])]
    url: Annotated[Page, Field(examples=["https://cityplus.example/presenters/marja-devries/"])]


class VenueOut(BaseModel):
    """Where an event takes place: a hall with its own clock, a stream, or both."""

    name: MultilingualOut | None
    city: Annotated[CityRef | None, Field(description="The city that it is in, where that is a member")]
    address: Annotated[str | None, Field(description="Null for what is online alone", examples=["Spui 70"])]
    location: Annotated[Location | None, Field(description="Where, where it says so")]
    time_zone: Zone
    starts_at_local: Annotated[
        str,
        Field(description="When it begins by the clock there, with its offset", examples=["2027-02-09T09:30:00+01:00"]),
    ]
    ends_at_local: Annotated[
        str, Field(description="When it ends by the clock there", examples=["2027-02-09T17:30:00+01:00"])
    ]
    access: Annotated[MultilingualOut | None, Field(description="How one gets in without steps, hears and sees there")]
    link: Annotated[str | None, Field(description="The address of the stream", examples=["https://stream.example/"])]
    capacity: Annotated[Places | None, Field(description="How many places there are; null for no bound")]
    left: Annotated[Places | None, Field(description="How many of them are left; null for no bound")]


class AgendaItemOut(BaseModel):
    """A part of the agenda."""

    title: MultilingualOut | None
    about: MultilingualOut | None
    starts_at: Moment
    ends_at: Moment
    venue: Annotated[
        int | None,
        Field(
            ge=0, description="In which of the venues, counted from 0; null where it is in all of them", examples=[0]
        ),
    ]
    spoken: Spoken
    presenters: list[PresenterRef]


class EventCard(BaseModel):
    """An event in few words."""

    slug: Slug
    kind: Annotated[
        str, OneOf(*Event.Kind.values), Field(description="What kind of meeting it is", examples=["promotion"])
    ]
    state: Annotated[
        str, OneOf(*STATES), Field(description="Published, held when it is over, or cancelled", examples=["published"])
    ]
    title: MultilingualOut
    organisers: Annotated[
        list[ActorRef], Field(description="Who holds it with equal rights; below the first of them is its address")
    ]
    starts_at: Moment
    ends_at: Moment
    time_zones: Annotated[
        list[Zone],
        Field(description="The clocks of its venues, each once", examples=[["Europe/Amsterdam", "Asia/Shanghai"]]),
    ]
    spoken: Spoken
    sectors: Annotated[
        list[
            Annotated[
                str,
                OneOf(*SECTIONS, *DIVISIONS),
                Field(description="A section or division of ISIC Rev. 4", examples=["H"]),
            ]
        ],
        Field(description="Of the companies that are wanted", examples=[["H", "62"]]),
    ]
    cover: MediumCard | None
    sample: Annotated[bool, Field(description="Whether it is invented, to show how it looks", examples=[False])]
    self: Annotated[Self, Field(examples=[f"{_API}/events/thehague/two-hall-meeting"])]
    url: Annotated[Page, Field(examples=["https://cityplus.example/@thehague/events/two-hall-meeting/"])]


class EventOut(EventCard):
    """An event with its venues and its agenda."""

    story: MultilingualOut | None
    bring: Annotated[MultilingualOut | None, Field(description="What to bring")]
    reason: Annotated[
        str | None, Field(description="Why it was cancelled; null where it was not", examples=["The hall is flooded."])
    ]
    venues: list[VenueOut]
    agenda: list[AgendaItemOut]
    presenters: Annotated[list[PresenterRef], Field(description="All that appear on the agenda, each once")]
    registration_opens_at: Annotated[Moment | None, Field(description="Null: when it was published")]
    registration_closes_at: Annotated[Moment | None, Field(description="Null: when it ends")]
    open: Annotated[bool, Field(description="Whether one can register now, on its page", examples=[True])]
    approval: Annotated[
        bool, Field(description="Whether the organisers look at each registration first", examples=[False])
    ]
    report: Annotated[MultilingualOut | None, Field(description="What came of it, in short")]
    published_at: Annotated[Moment | None, Field(description="When it was announced")]
    changed_at: Moment
    calendar: Annotated[
        Page,
        Field(
            description="The event and its agenda as iCalendar",
            examples=["https://cityplus.example/@thehague/events/two-hall-meeting/agenda.ics"],
        ),
    ]


class EventList(ListOut):
    """Events."""

    items: list[EventCard]


class EventRef(BaseModel):
    """An event, as far as others name it."""

    title: MultilingualOut | None
    starts_at: Moment
    self: Annotated[Self, Field(examples=[f"{_API}/events/thehague/two-hall-meeting"])]
    url: Annotated[Page, Field(examples=["https://cityplus.example/@thehague/events/two-hall-meeting/"])]


class AppearanceOut(BaseModel):
    """A session in which they present."""

    title: MultilingualOut | None
    starts_at: Moment
    ends_at: Moment
    event: EventRef


class PresenterCard(PresenterRef):
    """A presenter in few words."""

    title: Annotated[MultilingualOut | None, Field(description="Office or profession")]
    city: Annotated[CityRef | None, Field(description="The city that they present, where it is one")]
    spoken: Spoken
    picture: MediumCard | None
    sample: Annotated[bool, Field(description="Whether they are invented, to show how it looks", examples=[False])]


class PresenterOut(PresenterCard):
    """A presenter, and where one meets them."""

    about: MultilingualOut | None
    sessions: Annotated[
        list[AppearanceOut], Field(description="In public events, the latest first, 200 of them at most")
    ]


class PresenterList(ListOut):
    """Presenters, those that came last first."""

    items: list[PresenterCard]
