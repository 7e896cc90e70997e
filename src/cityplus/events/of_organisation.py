"""What the page of an organisation shows of the events that it holds: those to come, else the last ones."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cityplus.events import filters
from cityplus.events.models import Event
from cityplus.organisations.models import Organisation

FEW = 3


def part(request: HttpRequest, organisation: Organisation) -> SafeString:
    held = (
        Event.objects.public().filter(hosting__actor=organisation.actor, hosting__agreed_at__isnull=False).for_cards()
    )
    coming = list(filters.coming(held)[: 2 * FEW])
    past = [] if coming else list(filters.past(held)[:FEW])
    if not (coming or past):
        return SafeString("")
    return render_to_string("events/of_organisation.html", {"events": coming or past, "past": past}, request)
