from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cityplus.cities import checklist as lists
from cityplus.cities.models import Candidacy, CandidacyError
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.joining import address
from cityplus.lib.lifecycle import LifeCycleError


@require_safe
@desk(Right.SEE)
def checklist(request: HttpRequest, at: Desk) -> HttpResponse:
    """What the city needs before it may ask for admission, and what the office has said."""
    items = lists.of(at.city)
    context = {
        "desk": at,
        "items": [{"item": item, "url": address(at.city, item)} for item in items],
        "missing": len([item for item in items if not (item.done or item.advice)]),
        "candidacy": at.city.candidacies.filter(state="asked").first(),
        "decided": at.city.candidacies.exclude(state="asked")[:20],
        "back": at.city.steps.filter(stage="preparing").exclude(note="").last(),
    }
    return render(request, "desk/checklist.html", context)


@require_POST
@desk(Right.SETTINGS)
def candidacy(request: HttpRequest, at: Desk) -> HttpResponse:
    """Ask the network office for admission."""
    try:
        Candidacy.ask(at.city, by=at.by)
        messages.success(request, _("The network office has it now. Its answer comes by letter, and stands here."))
    except CandidacyError as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:checklist", at.city.handle)


@require_POST
@desk(Right.SETTINGS)
def candidacy_end(request: HttpRequest, at: Desk) -> HttpResponse:
    """Ask no longer."""
    for asked in at.city.candidacies.filter(state="asked"):
        try:
            asked.withdraw(by=at.by)
        except LifeCycleError:
            messages.error(request, _("It was decided in the meantime."))
    return redirect("desk:checklist", at.city.handle)
