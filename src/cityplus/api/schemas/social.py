from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from cityplus.actors.handles import PATTERN as HANDLE
from cityplus.actors.models import Actor
from cityplus.api.schemas.choice import OneOf
from cityplus.api.schemas.common import Handle, ListOut, Moment, Page
from cityplus.api.schemas.media import MediumCard
from cityplus.api.schemas.texts import TRAM, CityNames, MultilingualOut, Tag
from cityplus.social.models import Entry, Post

ACTOR = rf"^{HANDLE}(\+{HANDLE})?$"
NUMBER = "^[1-9][0-9]{0,17}$"
MARKS = ("favourite", "boost", "bookmark")
WHO = "everybody, who follows the author, who belongs to the two cities of its space, or nobody"

AnyHandle = Annotated[
    str,
    Field(pattern=ACTOR, description="The handle of an actor; that of a pair has a plus", examples=["thehague"]),
]
PostNumber = Annotated[
    str,
    Field(
        pattern=NUMBER,
        description="The number of a post. It is greater than other programs' numbers can be, hence a string of digits",
        examples=["117246080614400000"],
    ),
]
Mark = Annotated[str, OneOf(*MARKS), Field(description="What one does to a post once", examples=["favourite"])]
Audience = Annotated[
    str, OneOf(*Post.Audience.values), Field(description="Who may read it", examples=[Post.Audience.PUBLIC.value])
]
Who = Annotated[str, OneOf(*Post.Who.values), Field(description=f"Who may: {WHO}", examples=["everyone"])]
Count = Annotated[int, Field(ge=0, examples=[3])]


class ActorRef(BaseModel):
    """An actor, as far as posts name it."""

    handle: AnyHandle
    kind: Annotated[str, OneOf(*Actor.Kind.values), Field(description="What it is", examples=["city"])]
    names: CityNames
    self: Annotated[
        str,
        Field(
            description="Where the API has it", examples=["https://cityplus.example/api/cityplus/v1/actors/thehague"]
        ),
    ]
    url: Page


class PostRef(BaseModel):
    """A post, as far as another names it."""

    id: PostNumber
    handle: AnyHandle


class Counts(BaseModel):
    """How often it was answered and passed on, by what everybody may see."""

    replies: Count
    favourites: Count
    boosts: Count
    quotes: Count


class MineOut(BaseModel):
    """What the actor as whom one asks has done to it."""

    favourite: Annotated[bool, Field(examples=[False])]
    boost: Annotated[bool, Field(examples=[False])]
    bookmark: Annotated[bool, Field(examples=[True])]


class PostOut(BaseModel):
    """Something said."""

    id: PostNumber
    self: Annotated[
        str,
        Field(
            description="Where the API has it",
            examples=["https://cityplus.example/api/cityplus/v1/posts/117246080614400000"],
        ),
    ]
    url: Page
    at: Moment
    edited_at: Annotated[Moment | None, Field(description="When its words were last changed")]
    author: ActorRef
    audience: Audience
    text: Annotated[MultilingualOut | None, Field(examples=[TRAM])]
    note: Annotated[MultilingualOut | None, Field(description="What it is about, to be shown first", examples=[TRAM])]
    mentions: Annotated[list[AnyHandle], Field(description="Whom it names", examples=[["shenzhen"]])]
    tags: Annotated[list[str], Field(description="Its hashtags, without the sign", examples=[["DenHaag"]])]
    media: Annotated[list[MediumCard], Field(description="Its pictures, film or sound, in their order")]
    reply_to: Annotated[PostRef | None, Field(description="What it answers, where that is everybody's")]
    quote: Annotated[PostRef | None, Field(description="What it quotes")]
    asks: Annotated[AnyHandle | None, Field(description="The city whose public it asks")]
    space: Annotated[AnyHandle | None, Field(description="The pair in whose space it is said")]
    who_replies: Who
    who_boosts: Who
    who_quotes: Who
    counts: Counts
    frozen: Annotated[bool, Field(description="Whether nobody replies any more", examples=[False])]
    hidden: Annotated[
        bool, Field(description="Whether the team of who began the thread has hidden it", examples=[False])
    ]


class OnePost(BaseModel):
    """A post, and what it is to who asks."""

    mine: Annotated[MineOut | None, Field(description="Null for who is not signed in")]
    post: PostOut


class LineOut(OnePost):
    """A post in its place in a timeline."""

    id: Annotated[PostNumber, Field(description="The number of the place")]
    kind: Annotated[str, OneOf(*Entry.Kind.values), Field(description="Why it stands there", examples=["boost"])]
    by: Annotated[ActorRef | None, Field(description="Who brought it there, where that is not its author")]


class TimelineOut(ListOut):
    """A part of a timeline, the newest first."""

    items: list[LineOut]
    previous: Annotated[
        str | None,
        Field(
            description="The address of what is newer, null where nothing is; also in the header Link",
            examples=["https://cityplus.example/api/cityplus/v1/timelines/network?before=AAAAAAAAAAkAAAAAAAAACQ"],
        ),
    ]


class ContextOut(BaseModel):
    """What stands around a post, as far as one may see it: what it answers, from the first on, and what answers it or its answers."""

    ancestors: list[OnePost]
    descendants: list[OnePost]


class ActorOut(ActorRef):
    """An actor with its numbers."""

    locked: Annotated[bool, Field(description="Whether it is asked before one follows it", examples=[False])]
    home: Annotated[Handle | None, Field(description="The city that a person calls theirs")]
    about: Annotated[MultilingualOut | None, Field(examples=[TRAM])]
    followers: Count
    following: Count
    posts: Count


class RelationshipOut(BaseModel):
    """How the actor as whom one asks stands to another."""

    handle: AnyHandle
    following: Annotated[bool, Field(examples=[True])]
    requested: Annotated[bool, Field(description="Whether it waits for an answer", examples=[False])]
    followed_by: Annotated[bool, Field(examples=[False])]
    blocking: Annotated[bool, Field(examples=[False])]
    muting: Annotated[bool, Field(examples=[False])]


class RelationshipList(BaseModel):
    """Of those who were asked for, the ones that there are."""

    items: list[RelationshipOut]


class SessionOut(BaseModel):
    """Who asks. With ``csrf`` in the header X-CSRFToken, and the cookies of the session, what one posts is believed."""

    username: Annotated[str | None, Field(description="Null for who is not signed in", examples=["ana"])]
    voices: Annotated[list[ActorRef], Field(description="The actors for whom one may speak, one's own first")]
    csrf: Annotated[str | None, Field(description="For who is signed in", examples=["V0pRz7…"])]


class TextIn(BaseModel, extra="forbid"):
    """A text as its author writes it, in one or more languages."""

    original: Tag
    versions: Annotated[
        dict[Tag, Annotated[str, Field(max_length=10_000)]],
        Field(min_length=1, max_length=20, examples=[{"nl": "De zee begint waar de tram ophoudt."}]),
    ]


class PostIn(BaseModel, extra="forbid"):
    """A post to be."""

    text: TextIn
    note: Annotated[TextIn | None, Field(description="What it is about, to be shown first")] = None
    audience: Audience = Post.Audience.PUBLIC.value
    reply_to: Annotated[PostNumber | None, Field(description="What it answers")] = None
    quote: Annotated[PostNumber | None, Field(description="What it quotes")] = None
    asks: Annotated[AnyHandle | None, Field(description="The city whose public it asks")] = None
    space: Annotated[AnyHandle | None, Field(description="The pair in whose space it is said")] = None
    who_replies: Who = Post.Who.EVERYONE.value
    who_boosts: Who = Post.Who.EVERYONE.value
    who_quotes: Who = Post.Who.EVERYONE.value
    media: Annotated[
        list[Annotated[int, Field(ge=1, le=2**63 - 1)]],
        Field(max_length=8, description="The numbers of media of the author", examples=[[12]]),
    ] = []
