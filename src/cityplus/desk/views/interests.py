"""An interest at the desk of a city: who sees to it, notes, a reminder; and what is said, where a side asked for help."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cityplus import limits
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.languages.tags import reader_tag
from cityplus.lib import signs
from cityplus.opportunities import wording
from cityplus.opportunities.allowed import WRITING
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.forms import DayForm
from cityplus.opportunities.models import Care, Interest
from cityplus.opportunities.showing import value_of
from cityplus.people.models import Person
from cityplus.social.tongues import tongues


@require_safe
@desk(Right.SPEAK)
def one(request: HttpRequest, at: Desk, interest: int) -> HttpResponse:
    """How far both sides are; what they say only where one of them asked this city."""
    found = _found(at, interest)
    care = Care.objects.filter(interest=found, city=at.city).select_related("assigned").first()
    reads = bool(care and care.asked_at) or found.opportunity.host_id == at.city.actor_id
    helps = bool(care and care.asked_at) and found.opportunity.host_id != at.city.actor_id
    context = {
        "desk": at,
        "interest": found,
        "one": found.opportunity,
        "care": care,
        "reads": reads,
        "helps": helps,
        "us": at.city.actor,
        "outcomes": [(row, value_of(row)) for row in found.outcomes.standing().prefetch_related("proofs")],
        "said": found.told_to(at.city.actor) if reads else [],
        "notes": care.notes.all() if care else [],
        "team": [
            member.person.username for member in at.city.team.select_related("person").order_by("person__username")
        ],
        "tongues": tongues(),
        "tongue": reader_tag(),
        "today": care.remind_at.astimezone(at.city.zone).date().isoformat() if care and care.remind_at else "",
    }
    return render(request, "desk/opportunities/interest.html", context)


@require_POST
@desk(Right.SPEAK)
def assignment(request: HttpRequest, at: Desk, interest: int) -> HttpResponse:
    """Give it to somebody of the team (``to``), or to nobody in particular."""
    to = signs.line(request.POST.get("to", ""))
    person = Person.objects.filter(username=to, teams__city=at.city).first() if to else None
    try:
        if to and person is None:
            raise OpportunityError(_("Only somebody of the team can see to it."))
        Care.of(_found(at, interest), at.city).assign(person, by=at.by)
        messages.success(request, _("Saved."))
    except OpportunityError as wrong:
        messages.error(request, str(wrong))
    return redirect("desk:interest", at.city.handle, interest)


@require_POST
@desk(Right.SPEAK)
def reminder(request: HttpRequest, at: Desk, interest: int) -> HttpResponse:
    """Have who sees to it reminded on a day (``until``), at eight in the morning there; without a day not at all."""
    care, form = Care.of(_found(at, interest), at.city), DayForm(request.POST)
    if not request.POST.get("until"):
        care.remind(None, by=at.by)
        messages.success(request, _("Saved."))
    elif form.is_valid():
        care.remind(datetime.combine(form.cleaned_data["until"], time(8), tzinfo=at.city.zone), by=at.by)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("That is no day."))
    return redirect("desk:interest", at.city.handle, interest)


@require_POST
@desk(Right.SPEAK)
def notes(request: HttpRequest, at: Desk, interest: int) -> HttpResponse:
    """Write something down for the team."""
    try:
        Care.of(_found(at, interest), at.city).note(signs.lines(request.POST.get("words", "")), by=at.by)
    except OpportunityError as wrong:
        messages.error(request, str(wrong))
    return redirect("desk:interest", at.city.handle, interest)


@require_POST
@desk(Right.SPEAK)
def message(request: HttpRequest, at: Desk, interest: int) -> HttpResponse:
    """Say something to both sides as the city that helps; a city that was not asked says nothing."""
    found = _found(at, interest)
    try:
        if not Care.objects.filter(interest=found, city=at.city, asked_at__isnull=False).exists():
            raise OpportunityError(_("Nobody has asked your city for help here."))
        words = wording.said(request.POST.get("words", ""), request.POST.get("tongue", ""))
        limits.take(WRITING.by(request.user.pk))
        said = found.write(at.city.actor, words, by=at.by)
        if said.state == "held":
            messages.info(request, _("Somebody looks at your message before it is passed on."))
    except OpportunityError as wrong:
        messages.error(request, str(wrong))
    return redirect("desk:interest", at.city.handle, interest)


def _found(at: Desk, number: int) -> Interest:
    here = Q(opportunity__city=at.city) | Q(organisation__city=at.city)
    return get_object_or_404(Interest.objects.filter(here).spoken().whole(), pk=number)
