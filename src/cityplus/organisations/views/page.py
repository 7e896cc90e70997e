"""The page of an organisation that its city has verified."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cityplus.actors.models import Actor
from cityplus.organisations import parts
from cityplus.organisations.models import Organisation
from cityplus.organisations.structured import thing_of
from cityplus.social.meeting import meet
from cityplus.social.rendering import showing
from cityplus.social.speakers.acting import acting
from cityplus.social.views.person import head_of
from cityplus.social.views.timelines import count_page
from cityplus.web.pagecache import keep


@require_safe
@keep(quiet=True)
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """Who it is, what it offers and seeks, and what it says."""
    reader, voice = acting(request)
    actor = meet(reader, handle, Actor.Kind.ORGANISATION)
    organisation = get_object_or_404(Organisation.objects.public().for_cards(), actor=actor)
    count_page(request, "organisation", actor)
    mine = request.user.is_authenticated and organisation.delegates.filter(person=request.user.pk).exists()
    context = {
        **showing.of_actor(request, actor, reader),
        **head_of(actor, reader, voice),
        "voice": voice,
        "organisation": organisation,
        "delegate": mine,
        "structured": thing_of(organisation),
        "parts": parts.shown(request, organisation),
    }
    return render(request, "organisations/organisation.html", context)
