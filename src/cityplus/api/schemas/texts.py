"""A text in several languages, as answers hold it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from cityplus.api.schemas.choice import OneOf
from cityplus.languages.text import STATES

TAG = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"
Tag = Annotated[str, Field(pattern=TAG, description="A language tag of BCP 47", examples=["nl"])]
State = Annotated[
    str,
    OneOf(*STATES),
    Field(
        description="How this version came to be: written by its author, made by a machine and not yet read by a person, "
        "or read and approved by one",
        examples=["reviewed"],
    ),
]
Words = Annotated[
    str,
    Field(
        description="Plain text. Longer texts have paragraphs between blank lines, and may have *emphasis* and "
        "[links](https://example.org/) as Markdown writes them; never HTML.",
        examples=["The sea begins where the tram ends."],
    ),
]


class ReadingOut(BaseModel):
    """The version that suits the reader best."""

    language: Annotated[Tag, Field(examples=["en"])]
    text: Words
    state: State


class VersionOut(BaseModel):
    """One version of a text."""

    text: Words
    state: State
    by: Annotated[
        str | None,
        Field(description="Who wrote or approved it, where that is known", examples=["The desk of The Hague"]),
    ]
    at: Annotated[
        str | None, Field(description="When, as an ISO 8601 date or time, where that is known", examples=["2026-11-22"])
    ]


class MultilingualOut(BaseModel):
    """A text in several languages: the language it was written in, and the version that suits the reader best."""

    original: Tag
    read: ReadingOut
    versions: dict[str, VersionOut] = Field(
        default_factory=dict,
        description="With “languages=all” only: every version by its language tag",
        examples=[
            {
                "nl": {"text": "De zee begint waar de tram ophoudt.", "state": "author", "by": None, "at": None},
                "en": {
                    "text": "The sea begins where the tram ends.",
                    "state": "reviewed",
                    "by": "The desk of The Hague",
                    "at": "2026-11-22",
                },
            }
        ],
    )


def _example(original: str, english: str) -> dict[str, object]:
    return {"original": original, "read": {"language": "en", "text": english, "state": "reviewed"}}


TRAM = _example("nl", "The sea begins where the tram ends")
CityNames = Annotated[
    MultilingualOut | None,
    Field(description="Its names; the original is in its own script", examples=[_example("nl", "The Hague")]),
]
RouteTitle = Annotated[MultilingualOut | None, Field(examples=[_example("nl", "Twenty-two destinations")])]
StopTitle = Annotated[MultilingualOut | None, Field(examples=[_example("nl", "Peace Palace")])]
Alt = Annotated[
    MultilingualOut | None,
    Field(
        description="What one sees, for who does not see it",
        examples=[_example("nl", "A red brick palace with a clock tower behind a lawn")],
    ),
]
