"""What fits an organisation the year round, for its delegates."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cityplus.organisations.matching import year_round
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person


@require_safe
@never_cache
@login_required
def suggestions(request: HttpRequest, handle: str) -> HttpResponse:
    """Organisations and opportunities with the reasons why they fit. Who is no delegate finds nothing here."""
    assert isinstance(request.user, Person)  # noqa: S101 - signed in
    mine = Organisation.objects.filter(delegates__person=request.user).select_related("actor", "city__actor")
    organisation = get_object_or_404(mine.prefetch_related("activities"), actor__handle=handle)
    context = {"organisation": organisation, "groups": year_round(organisation)}
    return render(request, "organisations/suggestions.html", context)
