"""The manual: the document as a page, for people. Its words are those of the document, in English."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.api.addresses import DOCUMENT, ROOT
from cityplus.api.document import Json, document
from cityplus.api.problems import KINDS
from cityplus.pulse import counted
from cityplus.web.addresses import absolute
from cityplus.web.pagecache import keep


@require_safe
@keep
@counted("api")
def manual(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters, an example of asking and one of the answer."""
    described = document()
    context = {
        "paragraphs": described["info"]["description"].split("\n\n"),
        "groups": list(_groups(described)),
        "problems": KINDS,
        "document_url": DOCUMENT,
    }
    return render(request, "api/manual.html", context)


def _groups(described: Json) -> Iterator[Json]:
    for tag in described["tags"]:
        operations = [
            _told(f"{ROOT}{path}", method.upper(), operation)
            for path, methods in described["paths"].items()
            for method, operation in methods.items()
            if tag["name"] in operation["tags"]
        ]
        yield {**tag, "operations": operations}


def _told(path: str, method: str, operation: Json) -> Json:
    answer = operation["responses"]["200"]["content"]["application/json"]["example"]
    return {
        "id": operation["operationId"],
        "method": method,
        "path": path,
        "summary": operation["summary"],
        "description": operation["description"],
        "parameters": [_parameter(p) for p in operation["parameters"]],
        "curl": _curl(path, method, operation),
        "answer": json.dumps(answer, ensure_ascii=False, indent=2),
    }


def _curl(path: str, method: str, operation: Json) -> str:
    """How one asks by hand. What changes something takes a session, which everybody has their own way of keeping."""
    asked = shlex.quote(_example_address(path, operation["parameters"]))
    if method == "GET":
        return f"curl {asked}"
    words = f"curl -X {method} -b cookies.txt -H 'X-CSRFToken: …' {asked}"
    if body := operation.get("requestBody"):
        example = json.dumps(body["content"]["application/json"]["example"], ensure_ascii=False)
        words += f" -H 'Content-Type: application/json' -d {shlex.quote(example)}"
    return words


def _parameter(parameter: Json) -> Json:
    schema = parameter["schema"]
    return {
        "name": parameter["name"],
        "needed": parameter.get("required", False),
        "description": parameter["description"],
        "example": parameter.get("example", ""),
        "default": schema.get("default", ""),
    }


def _example_address(path: str, parameters: list[Any]) -> str:
    """An address that works on the sample network: path and, where it has a first filter of its own, that."""
    values = {p["name"]: str(p["example"]) for p in parameters if p["in"] == "path"}
    asked = {p["name"]: p["example"] for p in parameters if p["in"] == "query" and p.get("required")}
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", quote(value, safe="+"))
    return absolute(path) + (f"?{urlencode(asked)}" if asked else "")
