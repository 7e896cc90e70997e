"""The searches that a person keeps."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.lib import signs
from cityplus.opportunities.access import signed_in
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.filters import choices, chosen_in, in_words, query_of
from cityplus.opportunities.models import Search


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def searches(request: HttpRequest) -> HttpResponse:
    """What one keeps; POST keeps one more, by the names of the filters, called ``name``."""
    if request.method == "POST":
        chosen = {name: value for name, value in chosen_in(request.POST).items() if value}
        name = signs.line(request.POST.get("name", "")) or in_words(chosen)
        try:
            Search.keep(request.user, name, chosen, query_of(chosen))  # type: ignore[arg-type] # signed in
            messages.success(request, _("Kept. You are told of each opportunity that fits, once."))
        except OpportunityError as wrong:
            messages.error(request, str(wrong))
        return redirect("opportunities:searches")
    mine = Search.objects.filter(person=request.user.pk).annotate(found=Count("matches"))
    offered = choices()
    rows = [(search, in_words(search.filters, offered)) for search in mine]
    return render(request, "opportunities/searches.html", {"rows": rows})


@require_POST
@signed_in
def removal(request: HttpRequest, number: int) -> HttpResponse:
    """Keep one no longer."""
    get_object_or_404(Search.objects.select_related("person"), person=request.user.pk, pk=number).drop()
    messages.success(request, _("It is dropped."))
    return redirect("opportunities:searches")
