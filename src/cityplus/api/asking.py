"""What every operation can be asked: for a language, for a page. And the reader who gets the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, Field

from cityplus.api import cursors, problems
from cityplus.api.addresses import same_with
from cityplus.api.cursors import Place
from cityplus.api.problems import Problem
from cityplus.api.schemas.choice import OneOf, Whole
from cityplus.api.schemas.texts import TAG, MultilingualOut, ReadingOut, VersionOut
from cityplus.languages.accepted import accepted
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.languages.text import Text
from cityplus.web.addresses import absolute, in_language

Row = TypeVar("Row")
_takes: dict[str, str] = {"limit": "a whole number from 1 to 100"}


def parameter(name: str, takes: str, about: str = "", **facts: Any) -> Any:
    """An optional parameter of a query. The same name takes the same everywhere: ``takes`` ends the sentence “It takes …”."""
    if _takes.setdefault(name, takes) != takes:
        raise ValueError(f"the parameter {name} takes something else elsewhere: {_takes[name]}")
    description = f"{about}: {takes}." if about else f"{takes[:1].upper()}{takes[1:]}."
    return Field(default="", description=description, json_schema_extra=_without_default, **facts)


def sentence(name: str) -> str:
    """What to say when a parameter has a value that it does not take."""
    return f"It takes {_takes[name]}." if name in _takes else "It does not take this value."


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


class LanguageQuery(BaseModel):
    """What an operation can be asked that says words."""

    language: Annotated[str, Field(pattern=TAG)] = parameter(
        "language",
        "a language tag of BCP 47 as it is written there, such as nl or zh-Hans",
        "The language to read in, before those of the header Accept-Language",
        examples=["en"],
    )


class Query(LanguageQuery):
    """What an operation can be asked that tells texts."""

    languages: Annotated[str, OneOf("all")] = parameter(
        "languages", "the word all", "Whether texts come with every version they have"
    )


class PagedQuery(Query):
    """What a list can be asked."""

    limit: Annotated[
        int, Field(ge=1, le=100, description="How many things a page has at most.", examples=[20]), Whole
    ] = 20
    after: Annotated[str, Field(pattern=cursors.PATTERN)] = parameter(
        "after",
        "a cursor from “next”, as it was given",
        "Where the page begins",
        examples=["AAAAAAAAAAkAAAAAAAAACQ"],
    )

    @property
    def place(self) -> Place | None:
        return cursors.read(self.after)


def refuse_unknown(request: HttpRequest, query: BaseModel) -> None:
    """Raises:
    Problem: the query has a part that this operation does not know.
    """
    known = {field.alias or name for name, field in type(query).model_fields.items()}
    if unknown := [name for name in request.GET if name not in known]:
        words = f"This is not known here; known are {', '.join(sorted(known))}."
        raise Problem(problems.INVALID_QUERY, [(name[:80], words) for name in unknown])


class Reader:
    """Who reads this answer: chooses the version of each text, and says in the answer's headers which languages it speaks."""

    def __init__(self, request: HttpRequest, response: HttpResponse, query: LanguageQuery) -> None:
        """Raises:
        Problem: the query has a part that this operation does not know.
        """
        refuse_unknown(request, query)
        spoken = accepted(request.headers.get("Accept-Language", ""))
        self.preferred = (query.language, *spoken) if query.language else spoken
        self.every = isinstance(query, Query) and query.languages == "all"
        self.language = next(iter(self.preferred), "en")
        self.request, self.response = request, response
        self._used: dict[str, None] = {}
        self._code = next((ui.code for tag in self.preferred for ui in UI_LANGUAGES if ui.tag == tag), "en")

    def text(self, text: Text) -> MultilingualOut | None:
        """The text as answers hold it; None for an empty one."""
        reading = text.read(self.preferred)
        if reading is None:
            return None
        self.use((reading.language,))
        version = reading.version
        out = MultilingualOut(
            original=text.original,
            read=ReadingOut(language=reading.language, text=version.text, state=version.state),
        )
        if self.every:
            out.versions = {
                tag: VersionOut(text=v.text, state=v.state, by=v.by or None, at=v.at or None)
                for tag, v in ((tag, text.versions[tag]) for tag in text.languages)
            }
        return out

    def page(self, path: str) -> str:
        """The full address of a page, in the reader's language where the interface speaks it."""
        return absolute(in_language(path, self._code))

    def paged(self, rows: Sequence[Row], limit: int, place: Callable[[Row], Place]) -> tuple[Sequence[Row], str | None]:
        """Of rows fetched with one more than the limit: those of this page, and the address of the next where there is one."""
        if len(rows) <= limit:
            return rows, None
        following = same_with(self.request, after=cursors.write(place(rows[limit - 1])))
        self.link_next(following)
        return rows[:limit], following

    def link_next(self, address: str | None) -> None:
        """Say in the answer's headers where the next page is."""
        if address:
            self.response.headers["Link"] = f'<{address}>; rel="next"'

    def use(self, languages: Iterable[str]) -> None:
        """Say in the answer's headers that it has words in these languages."""
        if new := [language for language in languages if language not in self._used]:
            self._used.update(dict.fromkeys(new))
            self.response.headers["Content-Language"] = ", ".join(self._used)
