from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cityplus.cities.models import Candidacy, CandidacyError
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.office.access import office
from cityplus.web.paging import page_of

SIZE = 30


@office
@require_safe
def candidacies(request: HttpRequest) -> HttpResponse:
    """Those that wait, who has waited longest first; and what was decided."""
    all_of_them = Candidacy.objects.select_related("city__actor")
    waiting = all_of_them.filter(state="asked").order_by("asked_at")[:200]
    page = page_of(all_of_them.exclude(state="asked"), request.GET, ["-pk"], size=SIZE)
    return render(request, "office/candidacies.html", {"waiting": waiting, "page": page})


@office
@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the city ready, or return the candidacy with a reason."""
    candidacy = get_object_or_404(Candidacy.objects.select_related("city__actor"), pk=pk)
    by, reason = request.user.get_username(), request.POST.get("reason", "")[:4000]
    try:
        if request.POST.get("verdict") == "ready":
            candidacy.accept(by=by, reason=reason)
            messages.success(request, _("The city is ready. Its team is told."))
        elif request.POST.get("verdict") == "returned":
            candidacy.give_back(by=by, reason=reason)
            messages.success(request, _("The candidacy is returned. The team gets the reason by letter."))
        else:
            messages.error(request, _("Choose: ready, or returned with a reason."))
    except CandidacyError as refusal:
        messages.error(request, str(refusal))
    except LifeCycleError:
        messages.error(request, _("It was decided in the meantime."))
    return redirect("office:city", candidacy.city.handle)
