"""The document is whole, valid, and true to what is answered; the manual shows all of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from cityplus.api.document import document
from cityplus.api.tests.conftest import ROOT, Network, Talk
from cityplus.social.tests.cast import say

pytestmark = pytest.mark.django_db

DOCUMENT = document()
READ = [(path, methods["get"]) for path, methods in DOCUMENT["paths"].items() if "get" in methods]
WRITTEN = [
    (path, name, o) for path, methods in DOCUMENT["paths"].items() for name, o in methods.items() if name != "get"
]
OPERATIONS = [*READ, *((path, operation) for path, _, operation in WRITTEN)]
ANSWERED = {
    "listCities": "cities?near=52,4&languages=all",
    "getCity": "cities/thehague?languages=all",
    "listTies": "ties",
    "getTie": "ties/shenzhen+thehague",
    "listRoutes": "routes",
    "listCeremonies": "ceremonies?languages=all",
    "getCeremony": "ceremonies/{ceremony}",
    "listOrganisations": "organisations?languages=all",
    "getOrganisation": "organisations/dune_works?languages=all",
    "listRoutesOfCity": "cities/thehague/routes",
    "getRoute": "cities/thehague/routes/to-the-sea",
    "listStops": "cities/thehague/routes/to-the-sea/stops",
    "getStop": "cities/thehague/routes/to-the-sea/stops/2",
    "listOpportunities": "opportunities?languages=all",
    "getOpportunity": "opportunities/thehague/quays",
    "listEvents": "events?when=coming&languages=all",
    "getEvent": "events/thehague/two-halls?languages=all",
    "listPresenters": "presenters?languages=all",
    "getPresenter": "presenters/marja",
    "getMedium": "media/{film}",
    "listPosts": "timelines/network?languages=all",
    "listHomePosts": "timelines/home",
    "listTaggedPosts": "timelines/tags/denhaag",
    "listPostsOfActor": "timelines/actors/thehague?replies=all",
    "listPostsOfPair": "timelines/pairs/thehague+shenzhen",
    "getPost": "posts/{post}",
    "getContext": "posts/{post}/context",
    "getActor": "actors/ana",
    "listRelationships": "relationships?actors=thehague,shenzhen",
    "getSession": "session",
    "search": "search?q=sea&near=52,4",
    "suggest": "search/suggestions?q=pea",
    "getTotals": "totals?by=hour&last=3",
    "getTotalsOfCity": "cities/thehague/totals",
    "getTotalsOfTie": "ties/shenzhen+thehague/totals",
    "getTotalsOfRoute": "cities/thehague/routes/to-the-sea/totals",
    "getTotalsOfStop": "cities/thehague/routes/to-the-sea/stops/2/totals",
}


def wrong(value: Any, schema: Any) -> list[str]:
    """What in a value is not as its schema says."""
    whole = Draft202012Validator({**schema, "components": DOCUMENT["components"]})
    return [f"{error.json_path}: {error.message}" for error in whole.iter_errors(value)]


def contents(operation: Any) -> Iterator[tuple[str, Any]]:
    for status, answer in operation["responses"].items():
        yield from ((status, content) for content in answer.get("content", {}).values())


def test_it_is_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(DOCUMENT).validate()
    assert DOCUMENT["info"]["license"]["identifier"] == "AGPL-3.0-or-later"
    assert DOCUMENT["servers"][0]["url"] == f"http://localhost:8000{ROOT}"
    assert DOCUMENT["externalDocs"]["url"] == f"http://localhost:8000{ROOT}/"
    assert "cityplus.example" not in json.dumps(DOCUMENT)


@pytest.mark.parametrize(("path", "operation"), OPERATIONS, ids=[o["operationId"] for _, o in OPERATIONS])
def test_every_operation_is_told_whole(path: str, operation: Any) -> None:
    assert operation["summary"]
    assert operation["description"].endswith(".")
    assert operation["tags"][0] in {tag["name"] for tag in DOCUMENT["tags"]}
    assert {"200", "400", "406", "500"} <= operation["responses"].keys()
    assert ("304" in operation["responses"]) == ((path, operation) in READ)
    assert ("404" in operation["responses"]) == ("{" in path or "requestBody" in operation)
    assert ("401" in operation["responses"]) or (path, operation) in READ
    for status, content in contents(operation):
        assert not wrong(content["example"], content["schema"]), status
    for parameter in operation["parameters"]:
        assert parameter["description"].endswith("."), parameter["name"]
        if "example" in parameter:
            assert not wrong(parameter["example"], parameter["schema"]), parameter["name"]


def test_operations_have_names_of_their_own() -> None:
    names = [operation["operationId"] for _, operation in OPERATIONS]
    assert len(set(names)) == len(names)
    assert {operation["operationId"] for _, operation in READ} == ANSWERED.keys()


@pytest.mark.parametrize(("path", "operation"), READ, ids=[o["operationId"] for _, o in READ])
@pytest.mark.usefixtures("findable", "seen")
def test_answers_are_as_the_document_says(network: Network, talk: Talk, path: str, operation: Any) -> None:
    asked = ANSWERED[operation["operationId"]].format(
        film=network.media["film"].pk, post=talk.post.pk, ceremony=network.ceremony.pk
    )
    answer = talk.ana.get(f"{ROOT}/{asked}")
    content = operation["responses"]["200"]["content"]["application/json"]
    body = json.loads(answer.content)
    assert not wrong(body, content["schema"])
    assert body.get("items", [body]), "an empty list proves nothing"
    documented = _fields(content["schema"])
    assert body.keys() <= documented
    assert "ETag" in answer.headers


@pytest.mark.parametrize(("path", "method", "operation"), WRITTEN, ids=[o["operationId"] for *_, o in WRITTEN])
def test_what_is_written_is_answered_as_the_document_says(talk: Talk, path: str, method: str, operation: Any) -> None:
    own = say(talk.actor, "Mine.")
    address = path.format(post=own.pk, mark="bookmark", actor="shenzhen")
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
    plain = {name: value for name, value in (body or {}).items() if name in {"text", "audience"}}
    answer = talk.ana.generic(method.upper(), f"{ROOT}{address}", json.dumps(plain) if body else "", "application/json")
    assert answer.status_code == 200, answer.content
    assert not wrong(json.loads(answer.content), operation["responses"]["200"]["content"]["application/json"]["schema"])


def _fields(schema: Any) -> set[str]:
    name = schema["$ref"].rpartition("/")[2]
    return set(DOCUMENT["components"]["schemas"][name]["properties"])


def test_the_document_is_served(stranger: Client) -> None:
    answer = stranger.get(f"{ROOT}/openapi.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert json.loads(answer.content) == DOCUMENT


@pytest.mark.parametrize("prefix", ["", "/ar", "/nl"])
def test_the_manual_shows_every_operation(stranger: Client, prefix: str) -> None:
    page = stranger.get(f"{prefix}{ROOT}/").content.decode()
    for path, operation in OPERATIONS:
        assert f'id="{operation["operationId"]}"' in page
        assert f"</b> {ROOT}{path}</code>" in page
        for parameter in operation["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page
    assert len(re.findall(r"<code>curl ", page)) == len(OPERATIONS)
    assert page.count("<b>GET</b>") == len(READ)
    assert '<article class="page manual" lang="en" dir="ltr">' in page


def test_the_manual_explains_every_problem(stranger: Client) -> None:
    page = stranger.get(f"{ROOT}/").content.decode()
    kinds = {c["example"]["type"] for _, o in OPERATIONS for s, c in contents(o) if s >= "400"}
    assert len(kinds) >= 4
    for kind in kinds:
        assert f'id="{kind.partition("#")[2]}"' in page


def test_the_examples_of_asking_work_on_the_sample(network: Network, stranger: Client) -> None:
    page = stranger.get(f"{ROOT}/").content.decode()
    addresses = re.findall(r"<code>curl (?:&#x27;)?http://localhost:8000(/api/[^<&]+?)(?:&#x27;)?</code>", page)
    assert len(addresses) == len(READ)
    answers = {address: stranger.get(address).status_code for address in addresses}
    assert answers[f"{ROOT}/cities/thehague"] == answers[f"{ROOT}/ties/shenzhen+thehague"] == 200


def test_the_footer_and_the_menu_of_phones_lead_to_the_manual_and_the_row_of_the_header_does_not(
    stranger: Client,
) -> None:
    page = stranger.get("/about/").content.decode()
    row, menu = page.split('class="menu menu-main"')
    menu, footer = menu.split("<footer")
    assert [f'href="{ROOT}/"' in part for part in (row, menu, footer)] == [False, True, True]
