"""What went wrong, as machines and people read it (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import JsonResponse


def problem(status: int, sentence: str) -> JsonResponse:
    title = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Refused"  # tus has a status of its own
    body = {"status": int(status), "title": title, "detail": sentence}
    headers = {"Cache-Control": "no-store"}
    return JsonResponse(body, status=status, content_type="application/problem+json", headers=headers)
