"""What the page of an organisation shows of what it offers and asks for: the newest that this visitor may see."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cityplus.opportunities.models import Opportunity
from cityplus.organisations.models import Organisation

FEW = 3


def part(request: HttpRequest, organisation: Organisation) -> SafeString:
    shown = Opportunity.objects.shown().open().filter(host=organisation.actor_id)
    found = shown.filter(pk__in=Opportunity.objects.visible_to(request.user).values("pk"))
    newest = list(found.for_lists().order_by("-published_at", "-pk")[: FEW + 1])
    if not newest:
        return SafeString("")
    context = {"found": newest[:FEW], "more": len(newest) > FEW, "host": organisation.actor}
    return render_to_string("opportunities/of_organisation.html", context, request)
