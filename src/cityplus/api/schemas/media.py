from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from cityplus.api.schemas.choice import OneOf, Whole
from cityplus.api.schemas.common import Self
from cityplus.api.schemas.texts import Alt, MultilingualOut, State, Tag
from cityplus.media.models import Medium

Number = Annotated[int, Field(ge=1, le=2**63 - 1, description="The number of a medium", examples=[12]), Whole]
MediumKind = Annotated[str, OneOf(*Medium.Kind.values), Field(description="What it is", examples=["picture"])]
Credit = Annotated[str, Field(description="Who is to be named", examples=["CityPlus sample network"])]
Licence = Annotated[str, Field(description="How it may be used: an SPDX identifier", examples=["CC-BY-4.0"])]
File = Annotated[
    str, Field(description="Where the file is", examples=["https://cityplus.example/media/renditions/0f3a…/w960.jpg"])
]


class MediumCard(BaseModel):
    """A medium in few words."""

    id: Number
    kind: MediumKind
    alt: Alt
    credit: Credit
    licence: Licence
    preview: Annotated[
        str | None,
        Field(
            description="A JPEG about 960 pixels wide; null for sounds and while it is being prepared",
            examples=["https://cityplus.example/media/renditions/0f3a…/w960.jpg"],
        ),
    ]
    self: Self


class RenditionOut(BaseModel):
    """One file of a medium. Its address never changes what it holds: it may be kept for ever."""

    url: File
    content_type: Annotated[str, Field(description="Its media type", examples=["image/jpeg"])]
    width: Annotated[int, Field(ge=0, description="Pixels; 0 for sounds", examples=[960])]
    height: Annotated[int, Field(ge=0, description="Pixels; 0 for sounds", examples=[640])]
    bytes: Annotated[int, Field(ge=0, description="Size of the file", examples=[84211])]


class CaptionOut(BaseModel):
    """The captions of a film in one language (WebVTT)."""

    language: Tag
    state: State
    url: Annotated[
        str, Field(description="Where the file is", examples=["https://cityplus.example/media/captions/3.vtt"])
    ]


class MediumOut(MediumCard):
    """A picture, film or sound with all that is known of it."""

    title: MultilingualOut | None
    transcript: Annotated[MultilingualOut | None, Field(description="What one hears, for who does not hear it")]
    width: Annotated[int, Field(ge=0, description="Pixels of the original; 0 for sounds", examples=[2400])]
    height: Annotated[int, Field(ge=0, description="Pixels of the original; 0 for sounds", examples=[1600])]
    seconds: Annotated[float, Field(ge=0, description="Length; 0 for pictures", examples=[0])]
    colour: Annotated[
        str | None, Field(description="Mean colour, seen until the picture is here", examples=["#27405f"])
    ]
    poster: Annotated[MediumCard | None, Field(description="The picture of a film before it plays")]
    renditions: Annotated[list[RenditionOut], Field(description="The files; none while they are being prepared")]
    captions: Annotated[list[CaptionOut], Field(description="For films: captions in their languages")]
