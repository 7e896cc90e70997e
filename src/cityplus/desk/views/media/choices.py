"""The library as pickers ask for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.library import SIZE, Wanted, found, thumb_of, title_of
from cityplus.languages.tags import reader_tag
from cityplus.web.paging import page_of


@require_safe
@desk(Right.SEE)
def choices(request: HttpRequest, at: Desk) -> HttpResponse:
    """``{"media": [{"id", "kind", "name", "title", "alt", "thumb", "ready"}], "next": address or null}``, the newest first;
    ``?id=`` asks for one."""
    wanted = Wanted.of(request.GET)
    media = found(at.city.actor, wanted).prefetch_related("renditions")
    if request.GET.get("id", "").isdecimal():
        media = media.filter(pk=int(request.GET["id"][:18]))
    page = page_of(media, request.GET, ["-pk"], size=SIZE, filters=wanted.query)
    found_media = [
        {
            "id": medium.pk, "kind": medium.kind, "name": medium.name, "title": title_of(medium),
            "alt": medium.alt.in_language(reader_tag()), "thumb": thumb_of(medium), "ready": medium.ready,
        }
        for medium in page.items
    ]  # fmt: skip
    address = reverse("desk:media_choices", args=[at.city.handle])
    return JsonResponse({"media": found_media, "next": address + page.next if page.next else None})
