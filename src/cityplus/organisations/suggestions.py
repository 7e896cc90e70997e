"""What fits an organisation the year round, for its delegates."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.organisations.access import Workplace, workplace
from cityplus.organisations.matching import year_round
from cityplus.organisations.roles import Right


@require_safe
@workplace(Right.SEE)
def suggestions(request: HttpRequest, at: Workplace) -> HttpResponse:
    """Organisations and opportunities with the reasons why they fit. Who is no delegate finds nothing here."""
    context = {"at": at, "organisation": at.organisation, "groups": year_round(at.organisation)}
    return render(request, "organisations/suggestions.html", context)
