"""What is asked of uploads, and what is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import http_date

from cityplus.actors.models import Actor
from cityplus.languages.tags import reader_tag
from cityplus.media.bounds import Bounds
from cityplus.media.errors import Malformed, MediumError, NotTaken, TooLarge
from cityplus.media.joining import join_soon
from cityplus.media.models import Medium, Upload
from cityplus.media.multipart import LengthRequired
from cityplus.media.receiving import Busy, receive
from cityplus.media.tus import headers
from cityplus.media.views.problems import problem

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,termination,expiration"
BYTES = "application/offset+octet-stream"
Answer = Callable[[], HttpResponse]


def collection(
    request: HttpRequest, owner: Actor, person: Any, address: Callable[[str], str], **proposed: str
) -> HttpResponse:
    """OPTIONS tells what we can; POST begins an upload. ``address(id)`` is where it then is, ``proposed`` the ``credit`` and the
    ``licence`` of its medium."""
    if request.method == "OPTIONS":
        return _told(HttpResponse(status=HTTPStatus.NO_CONTENT))
    if request.method != "POST":
        return _told(problem(HTTPStatus.METHOD_NOT_ALLOWED, "Begin an upload with POST."))

    def begin() -> HttpResponse:
        if "Upload-Defer-Length" in request.headers:
            raise Malformed("Say with Upload-Length how many bytes will come.")
        size = headers.whole("Upload-Length", request.headers.get("Upload-Length", ""))
        said = headers.metadata(request.headers.get("Upload-Metadata", ""))
        begun = Upload.begin(
            owner, person, size=size, name=_name(said), replaces=_replaced(owner, said), language=reader_tag(), **proposed
        )  # fmt: skip
        if request.content_type == BYTES:
            _receive(request, begun)
        answer = HttpResponse(status=HTTPStatus.CREATED, headers={"Location": address(begun.pk)})
        return _placed(answer, begun)

    return _answered(request, begin)


def upload(request: HttpRequest, owner: Actor, person: Any, pk: str) -> HttpResponse:
    """HEAD says how far an upload is, PATCH brings more of it, DELETE ends it; GET says as JSON what became of it. Whoever has not
    begun it hears 404."""
    if request.method == "OPTIONS":
        return _told(HttpResponse(status=HTTPStatus.NO_CONTENT))
    row = Upload.objects.filter(pk=pk, owner=owner, person=person).select_related("medium").first()
    if row is None:
        return _told(problem(HTTPStatus.NOT_FOUND, "There is no such upload of yours."))
    if request.method == "GET":
        return JsonResponse(as_json(row), headers={"Cache-Control": "no-store"})
    ways: Mapping[str | None, Answer] = {
        "HEAD": lambda: _far(row),
        "PATCH": lambda: _more(request, row),
        "DELETE": lambda: _ended(row),
    }
    if request.method not in ways:
        return _told(problem(HTTPStatus.METHOD_NOT_ALLOWED, "An upload takes HEAD, PATCH, DELETE and GET."))
    return _answered(request, ways[request.method])


def as_json(row: Upload) -> dict[str, Any]:
    return {
        "id": row.pk, "name": row.name, "size": row.size, "offset": row.offset, "state": row.state, "problem": row.problem,
        "medium": row.medium_id,
    }  # fmt: skip


def _far(row: Upload) -> HttpResponse:
    if not row.whole:
        row.expect(row.offset)
    answer = HttpResponse(status=HTTPStatus.OK, headers={"Upload-Length": str(row.size), "Cache-Control": "no-store"})
    answer.headers["Upload-Metadata"] = headers.as_metadata({"filename": row.name})
    return _placed(answer, row)


def _more(request: HttpRequest, row: Upload) -> HttpResponse:
    if request.content_type != BYTES:
        raise NotTaken(f"Send bytes as {BYTES}.")
    row.expect(headers.whole("Upload-Offset", request.headers.get("Upload-Offset", "")))
    _receive(request, row)
    return _placed(HttpResponse(status=HTTPStatus.NO_CONTENT), row)


def _ended(row: Upload) -> HttpResponse:
    row.cancel()
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _receive(request: HttpRequest, row: Upload) -> None:
    length = request.headers.get("Content-Length", "")
    if not length:
        raise LengthRequired("Say how many bytes come: with Content-Length.")
    if headers.whole("Content-Length", length) > row.size - row.offset:
        raise TooLarge("More bytes come than the upload said it has.")
    receive(request, row, int(length), headers.checksum(request.headers.get("Upload-Checksum", "")))
    join_soon(row)


def _answered(request: HttpRequest, answer: Answer) -> HttpResponse:
    """What every answer has in common; who speaks another version of the protocol hears which one is spoken here."""
    if request.headers.get("Tus-Resumable") != VERSION:
        refused = problem(HTTPStatus.PRECONDITION_FAILED, f"Speak version {VERSION} of tus: say Tus-Resumable.")
        refused.headers["Tus-Version"] = VERSION
        return _resumable(refused)
    try:
        return _resumable(answer())
    except MediumError as error:
        refused = problem(error.status, str(error))
        if isinstance(error, Busy):
            refused.headers["Retry-After"] = "3"
        return _resumable(refused)


def _placed(answer: HttpResponse, row: Upload) -> HttpResponse:
    answer.headers["Upload-Offset"] = str(row.offset)
    if row.state == "receiving":
        answer.headers["Upload-Expires"] = http_date(row.expires_at.timestamp())
    return answer


def _told(answer: HttpResponse) -> HttpResponse:
    answer.headers["Tus-Version"] = VERSION
    answer.headers["Tus-Extension"] = EXTENSIONS
    answer.headers["Tus-Max-Size"] = str(Bounds.now().largest)
    answer.headers["Tus-Checksum-Algorithm"] = ",".join(headers.ALGORITHMS)
    return _resumable(answer)


def _resumable(answer: HttpResponse) -> HttpResponse:
    answer.headers["Tus-Resumable"] = VERSION
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def _name(said: Mapping[str, str]) -> str:
    name = " ".join(said.get("filename", said.get("name", "")).split())
    return "".join(letter for letter in name if letter.isprintable()) or "file"


def _replaced(owner: Actor, said: Mapping[str, str]) -> Medium | None:
    """The medium that the file is to replace; None where it is a new one."""
    number = said.get("replaces", "")
    if not number:
        return None
    found = (
        Medium.objects.filter(owner=owner, pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    )
    if found is None:
        raise Malformed("There is no medium to be replaced.")
    return found
