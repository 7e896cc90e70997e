"""Files for a post, in pieces, by the tus protocol: ``media.tus`` speaks it, this says who may."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cityplus.media.tus import door
from cityplus.social.composing.deeds import rights_of
from cityplus.social.views.writing.access import Writer, writer


@writer
def uploads(request: HttpRequest, by: Writer, handle: str) -> HttpResponse:
    """Begin an upload as one of one's voices; its medium is the voice's own."""
    owner = by.voice(handle)
    return door.collection(
        request, owner, by.person, lambda pk: reverse("social:upload", args=[handle, pk]), **rights_of(owner)
    )


@writer
def upload(request: HttpRequest, by: Writer, handle: str, upload_id: str) -> HttpResponse:
    return door.upload(request, by.voice(handle), by.person, upload_id)
