from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from cityplus.api.schemas.choice import OneOf
from cityplus.api.schemas.common import CityRef, ListOut, Moment, Page, Self
from cityplus.api.schemas.media import MediumCard
from cityplus.api.schemas.texts import CityNames, MultilingualOut, Tag
from cityplus.cities.isic import DIVISIONS, SECTIONS
from cityplus.organisations.models import Organisation

OrganisationHandle = Annotated[
    str,
    Field(pattern="^[a-z][a-z0-9_]{1,29}$", description="The handle of an organisation", examples=["sample_duinwacht"]),
]
Kind = Annotated[str, OneOf(*Organisation.Kind.values), Field(examples=["company"])]
Size = Annotated[
    str,
    OneOf(*Organisation.Size.values),
    Field(
        description="How many people work there: fewer than 10, 50 or 250, or more (Recommendation 2003/361/EC)",
        examples=["small"],
    ),
]


class ActivityOut(BaseModel):
    """What an organisation is active in, by ISIC Rev. 4."""

    code: Annotated[
        str,
        OneOf(*SECTIONS, *DIVISIONS),
        Field(description="A section (a letter) or a division (two digits)", examples=["52"]),
    ]
    section: Annotated[str, OneOf(*SECTIONS), Field(description="The section above it, or itself", examples=["H"])]


class OrganisationOut(BaseModel):
    """An organisation that its city has verified."""

    handle: OrganisationHandle
    names: CityNames
    kind: Kind
    city: CityRef
    size: Size | None
    languages: Annotated[
        list[Tag], Field(description="In which one can deal with it, the best first", examples=[["nl", "en"]])
    ]
    activities: Annotated[list[ActivityOut], Field(description="The main one first")]
    about: MultilingualOut | None
    offers: MultilingualOut | None
    seeks: MultilingualOut | None
    website: Annotated[str | None, Field(examples=["https://organisation.example/"])]
    logo: MediumCard | None
    verified_at: Annotated[Moment | None, Field(description="When its city gave its word")]
    self: Annotated[Self, Field(examples=["https://cityplus.example/api/cityplus/v1/organisations/sample_duinwacht"])]
    url: Annotated[Page, Field(examples=["https://cityplus.example/@sample_duinwacht/"])]


class OrganisationList(ListOut):
    """Organisations, those that came last first."""

    items: list[OrganisationOut]
