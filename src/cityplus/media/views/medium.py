"""The media of an actor: adding one, and looking how far one is."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from cityplus.actors.models import Actor
from cityplus.media import multipart, rights, store, uploads, visibility
from cityplus.media.bounds import Bounds
from cityplus.media.errors import MediumError
from cityplus.media.models import Medium
from cityplus.media.views.problems import problem


@csrf_exempt  # the form is read first, into a place of our own; then it is checked, below
@require_POST
def media(request: HttpRequest, handle: str) -> HttpResponse:
    """Add a medium: 201 and its address. Who has no right to hears 404, before anything of the body is read."""
    owner = Actor.objects.filter(handle=handle).first()
    if owner is None or not rights.may_add(request.user, owner):
        return problem(404, "There is nothing here.")
    try:
        with store.workbench() as bench:
            path = bench / "file"
            request.POST = multipart.receive(request, path, Bounds.now().largest)  # type: ignore[assignment]

            @csrf_protect
            def add(request: HttpRequest) -> HttpResponse:
                if not rights.may_add(request.user, owner):  # the right may have ended while the file came
                    return problem(404, "There is nothing here.")
                medium = uploads.accept(owner, path, request.POST.dict(), by=request.user.get_username())
                answer = JsonResponse(_as_json(medium), status=201)
                answer.headers["Location"] = medium.get_absolute_url()
                return answer

            return add(request)
    except MediumError as error:
        return problem(error.status, str(error))


@require_safe
def medium(request: HttpRequest, handle: str, pk: int) -> HttpResponse:
    """One medium as JSON: its words, and its renditions as soon as they are made."""
    found = get_object_or_404(Medium.objects.with_renditions().select_related("owner"), pk=pk, owner__handle=handle)
    public = visibility.standing(f"medium {pk}", lambda: [pk]).public
    if not public and not visibility.seen_by(request.user, [pk]):
        raise Http404
    answer = JsonResponse(_as_json(found))
    answer.headers["Cache-Control"] = "no-cache" if public else "private, no-store"
    return answer


def _as_json(medium: Medium) -> dict[str, Any]:
    return {
        "url": medium.get_absolute_url(),
        "kind": medium.kind,
        "width": medium.width,
        "height": medium.height,
        "seconds": medium.seconds,
        "alt": medium.alt.as_json(),
        "title": medium.title.as_json(),
        "credit": medium.credit,
        "licence": medium.licence,
        "ready": medium.ready,
        "renditions": [
            {"url": r.url, "content_type": r.content_type, "width": r.width, "height": r.height, "bytes": r.bytes}
            for r in medium.renditions.all()
        ],
    }
