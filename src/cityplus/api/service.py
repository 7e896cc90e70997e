"""The service: all operations put together, and what becomes of what goes wrong in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from cityplus.api import problems
from cityplus.api.asking import sentence
from cityplus.api.problems import Problem
from cityplus.api.resources import (
    actors,
    ceremonies,
    cities,
    events,
    media,
    opportunities,
    organisations,
    posts,
    presenters,
    routes,
    search,
    stops,
    ties,
    timelines,
    totals,
)


class _Json(JSONRenderer):
    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}


service = NinjaAPI(
    title="CityPlus",
    version="1",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    renderer=_Json(),
)
for _module in (
    cities, ties, routes, stops, ceremonies, organisations, opportunities, events, presenters, media, timelines, posts, actors,
    search, totals,
):  # fmt: skip
    service.add_router("", _module.operations)


@service.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problems.answer(problem.kind, problem.errors)


@service.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A part of the path that no thing can have is the address of nothing; the rest is a query that cannot be read."""
    if any(wrong["loc"][0] == "path" for wrong in error.errors):
        return problems.answer(problems.NOT_FOUND)
    if wrong := [one for one in error.errors if one["loc"][0] == "body"]:
        return problems.answer(problems.INVALID_BODY, [(_place(one["loc"]), f"{one['msg']}.") for one in wrong])
    names = dict.fromkeys(str(wrong["loc"][-1]) for wrong in error.errors)
    return problems.answer(problems.INVALID_QUERY, [(name, sentence(name)) for name in names])


def _place(loc: Sequence[Any]) -> str:
    """Where in a body it is: ``text.versions.nl``. The first two are the body and the name that our code gives it."""
    return ".".join(str(part) for part in loc[2:])[:80]


@service.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    raise error  # Django writes it down, and the door makes it a problem
