"""Who takes part: an answer to that, by the city or for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cityplus.ceremonies.models import NotNow
from cityplus.ceremonies.planning.parts import ANSWERS, may_withdraw
from cityplus.ceremonies.planning.planner import Planner
from cityplus.ceremonies.planning.views import plan_page, refused
from cityplus.lib.lifecycle import LifeCycleError


def consent(request: HttpRequest, planner: Planner, ceremony: int, city: str) -> HttpResponse:
    """Say for a city whether it takes part, or ask it no longer."""
    found = planner.find(ceremony)
    taking = found.takings.select_related("city__actor").filter(city__actor__handle=city).first()
    if taking is None:
        raise Http404
    state, reason = ANSWERS.get(request.POST.get("answer", ""), ""), request.POST.get("reason", "").strip()
    may = planner.may_answer(taking) if state != "withdrawn" else may_withdraw(planner, found, taking)
    if not may:
        return refused(request, planner, _("Whether a city takes part is said by an owner of its team."))
    wrong = ""
    if not state:
        wrong = _("Say whether the city takes part.")
    elif planner.city is None and state != "withdrawn" and not reason:
        wrong = _("Say how the city has agreed, or declined: it is kept with the answer.")
    if wrong:
        return plan_page(request, planner, found, refusal=wrong, status=422)
    try:
        taking.answer(state, by=planner.by, reason=reason)
    except NotNow as refusal:
        return plan_page(request, planner, planner.find(ceremony), refusal=str(refusal), status=409)
    except LifeCycleError:
        late = _("That is not possible any more: it stands as you see below.")
        return plan_page(request, planner, planner.find(ceremony), refusal=late, status=409)
    messages.success(request, _("The answer is kept."))
    return redirect(planner.address("ceremony", found.pk) + "#cities")
