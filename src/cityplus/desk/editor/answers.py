"""What the autosave of the editor hears: JSON, and problems as of RFC 9457."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse


def answer(told: dict[str, Any], status: int = 200) -> JsonResponse:
    headers = {"Cache-Control": "no-store"}
    return JsonResponse(told, status=status, headers=headers, json_dumps_params={"ensure_ascii": False})


def problem(status: int, sentence: str, **more: Any) -> JsonResponse:
    """A refusal; ``more`` says where, and what stands there."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": sentence, **more}
    response = answer(told, status)
    response.headers["Content-Type"] = "application/problem+json"
    return response


def said(request: HttpRequest) -> dict[str, Any]:
    """The object that the body of a request is.

    Raises:
        ValueError: it is none.
    """
    try:
        body = json.loads(request.body or b"{}")
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise ValueError("the body is no JSON") from None
    if not isinstance(body, dict):
        raise ValueError("the body is no object")
    return body
