from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from cityplus.api.schemas.common import Self
from cityplus.api.schemas.texts import Tag

Views = Annotated[int, Field(ge=0, description="Pages seen, each by one person", examples=[1204])]
Visitors = Annotated[int, Field(ge=0, description="Persons, each counted once a day", examples=[311])]


class CountOut(BaseModel):
    """Views and visitors."""

    views: Views
    visitors: Visitors


class LanguageCount(CountOut):
    """What was seen in one language of the pages."""

    language: Tag


class PeriodCount(CountOut):
    """What was seen in one day or hour."""

    start: Annotated[
        str,
        Field(description="Its beginning in UTC: an ISO 8601 date for days, a time for hours", examples=["2026-11-22"]),
    ]


class TotalsOut(CountOut):
    """How often pages about something were seen, since the beginning and lately."""

    languages: Annotated[list[LanguageCount], Field(description="By the language of the page, the most views first")]
    series: Annotated[
        list[PeriodCount], Field(description="The last days or hours, the oldest first; none is left out")
    ]
    self: Annotated[Self, Field(examples=["https://cityplus.example/api/cityplus/v1/cities/thehague/totals"])]
