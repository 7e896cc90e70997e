"""Uploads in pieces, by the tus protocol: `media.tus` speaks it, the desk says who may."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cityplus.cities.models import Rules
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.media.models import Upload
from cityplus.media.tus import door


@desk(Right.MEDIA)
def uploads(request: HttpRequest, at: Desk) -> HttpResponse:
    """Begin an upload; its medium gets the credit and the licence that the city proposes."""
    rules = Rules.of(at.city)

    def address(pk: str) -> str:
        return reverse("desk:upload", args=[at.city.handle, pk])

    return door.collection(request, at.city.actor, at.person, address, credit=rules.credit, licence=rules.licence)


@desk(Right.MEDIA)
def upload(request: HttpRequest, at: Desk, upload_id: str) -> HttpResponse:
    return door.upload(request, at.city.actor, at.person, upload_id)


@require_POST
@desk(Right.MEDIA)
def removal(request: HttpRequest, at: Desk, upload_id: str) -> HttpResponse:
    """Cancel an upload, or put its refusal away; for a form. What is gone is gone already."""
    row = Upload.objects.filter(pk=upload_id, owner=at.city.actor, person=at.person).first()
    if row:
        row.cancel()
    return redirect("desk:media", at.city.handle)
