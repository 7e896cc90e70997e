"""The document: the OpenAPI 3.1 description of the service, made from its operations."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cityplus import __version__
from cityplus.api import problems
from cityplus.api.addresses import MANUAL, ROOT, is_conversation
from cityplus.api.asking import PagedQuery
from cityplus.api.examples import example
from cityplus.api.schemas.common import ProblemOut
from cityplus.api.service import service
from cityplus.web.addresses import absolute
from cityplus.web.pagecache import keep

Json = dict[str, Any]

ABOUT = """\
What everybody may read on this network, for programs: cities, their ties, routes, stops and media, by lists or
by searching, how often they were seen, and what is said. No key is needed.

In the conversation (timelines, posts, actors) a program may also ask and write for somebody, with the cookies of their session: they get
what they may see, and the token that /session tells goes along with what they write. Everywhere else everybody gets the same.

Addresses end without a slash. Times are ISO 8601 in UTC, distances whole metres, durations whole minutes, places WGS-84
degrees, countries ISO 3166-1, languages BCP 47, sectors sections of ISIC Rev. 4. What is not known is null.\
"""
EXAMPLE_HOST = "https://cityplus.example"
"""In the examples of the schemas; the document says the network's own address in its place."""
TAGS = {
    "Cities": "The members of the network.",
    "Ties": "Friendships between two members.",
    "Opportunities": "What cities and their organisations offer and ask for.",
    "Routes": "Experience routes: a city told stop by stop.",
    "Stops": "The stops of a route, with their stories.",
    "Ceremonies": "How cities went live, friendships were signed and routes opened, and when they will be.",
    "Events": "Meetings of cities and organisations: what is coming and what was, with halls, agenda and presenters.",
    "Presenters": "Who presents cities, and where.",
    "Organisations": "Companies, universities, institutes and associations, each verified by its own city.",
    "Media": "Pictures, films and sounds.",
    "Timelines": "Posts in the order of time: of everybody, of those one follows, with a hashtag, of one actor, of a pair.",
    "Posts": "What is said, what stands around it, and saying something.",
    "Actors": "Who can be followed, how one stands to them, and who asks.",
    "Search": "Finding by words in any language, and by place.",
    "Totals": "How often pages were seen. How it is counted is told on a page of the network.",
}
PATH_WORDS = {
    "handle": "The handle of a city.",
    "slug": "The name of a route, an opportunity or an event in its address.",
    "number": "The number of a stop; they count from 1.",
    "id": "The number of a medium, as other answers name it.",
    "actor": "The handle of an actor; that of a pair has a plus.",
    "post": "The number of a post.",
    "mark": "What one does to a post: favourite, boost or bookmark.",
    "tag": "A hashtag, without its sign.",
    "presenter": "The name of a presenter in their address.",
    "ceremony": "The number of a ceremony, as lists name it.",
    "pair": "The handles of two cities with a plus between, in either order.",
}
"""What stands in a path. (The service takes no words of it from the types.)"""
HEADERS: Json = {
    "ETag": {
        "description": "Names this state of the answer; send it back in If-None-Match",
        "schema": {"type": "string"},
        "required": True,
    },
    "Content-Language": {
        "description": "The languages that texts are read in",
        "schema": {"type": "string", "examples": ["nl, en"]},
    },
}
LINK: Json = {
    "Link": {
        "description": 'The next page, where there is one, as `rel="next"`',
        "schema": {"type": "string"},
    }
}


@csrf_exempt  # else what cannot be done here would be told in other words
@require_safe
@keep
def openapi(request: HttpRequest) -> HttpResponse:
    """The document itself; an address for whoever makes clients or tests from it."""
    if request.GET:
        unknown = [(name[:80], "Nothing can be asked for here.") for name in request.GET]
        return problems.answer(problems.INVALID_QUERY, unknown)
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


@cache
def document() -> Json:
    """The whole of it, with problems, headers and examples for every operation."""
    made = cast("Json", dict(service.get_openapi_schema(path_prefix="")))
    schemas = made["components"]["schemas"]
    schemas |= _problem_schemas()
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            _complete(operation, f"{ROOT}{path}", method, schemas)
    whole = {
        "openapi": made["openapi"],
        "info": {
            "title": "CityPlus API",
            "version": f"1 ({__version__})",
            "description": ABOUT,
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": absolute(ROOT), "description": "This network"}],
        "externalDocs": {"url": absolute(MANUAL), "description": "The manual: this document as a page"},
        "tags": [{"name": name, "description": words} for name, words in TAGS.items()],
        "paths": made["paths"],
        "components": {"schemas": schemas},
    }
    return cast("Json", json.loads(json.dumps(whole).replace(EXAMPLE_HOST, absolute(""))))


def _problem_schemas() -> Json:
    schema = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "ProblemOut": schema}


def _complete(operation: Json, path: str, method: str, schemas: Json) -> None:
    operation.setdefault("parameters", []).sort(key=_own_first)
    for parameter in operation["parameters"]:
        if examples := parameter.pop("examples", None):  # of a schema, not of a parameter
            parameter["example"] = examples[0]
        if parameter["in"] == "path":
            parameter["description"] = PATH_WORDS[parameter["name"]]
    answer, waits = operation["responses"][200], operation["responses"].get(202)
    for one in (answer, waits):
        if one:
            content = one["content"]["application/json"]
            content["example"] = example(content["schema"], schemas)
            one["description"] = operation["summary"] if one is answer else "It waits until somebody has looked at it"
    if body := operation.get("requestBody"):
        asked = body["content"]["application/json"]
        asked["example"] = example(asked["schema"], schemas)
    if method == "get":
        answer["headers"] = (
            {**HEADERS, **LINK} if "next" in answer["content"]["application/json"]["example"] else HEADERS
        )
    operation["responses"] = {
        "200": answer,
        **({"202": waits} if waits else {}),
        **(
            {"304": {"description": "Nothing has changed since the ETag that was sent along"}}
            if method == "get"
            else {}
        ),
        **{
            str(int(kind.status)): _problem(kind) for kind in sorted(_kinds(path, method), key=lambda kind: kind.status)
        },
    }


def _kinds(path: str, method: str) -> list[problems.Kind]:
    """The problems that an operation may have, one for each status."""
    kinds = [problems.INVALID_QUERY, problems.NOT_ACCEPTABLE, problems.BROKEN]
    if "{" in path:
        kinds.append(problems.NOT_FOUND)
    if is_conversation(path):
        kinds += [problems.NOT_SIGNED_IN, problems.REFUSED]
    if method == "post":
        kinds += [problems.NOT_FOUND, problems.INVALID_BODY]
    return kinds


def _own_first(parameter: Json) -> int:
    """The parts of the path, what only this operation takes, what all take."""
    return 0 if parameter["in"] == "path" else 2 if parameter["name"] in PagedQuery.model_fields else 1


def _problem(kind: problems.Kind) -> Json:
    body = {"type": kind.type, "title": kind.title, "status": int(kind.status), "detail": kind.detail}
    if kind is problems.INVALID_QUERY:
        body["errors"] = [{"parameter": "limit", "detail": "It takes a whole number from 1 to 100."}]
    schema = {"$ref": "#/components/schemas/ProblemOut"}
    return {"description": kind.title, "content": {problems.MEDIA_TYPE: {"schema": schema, "example": body}}}
