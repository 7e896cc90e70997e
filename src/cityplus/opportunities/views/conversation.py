"""An interest: answering an opportunity, the conversation of the two sides, how far each is."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cityplus import limits
from cityplus.languages.tags import reader_tag
from cityplus.lib import signs
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.opportunities import acting, wording
from cityplus.opportunities.access import as_side, signed_in
from cityplus.opportunities.acting import Act
from cityplus.opportunities.allowed import BEGINNING, WRITING
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.forms import OutcomeForm
from cityplus.opportunities.models import Care, Interest
from cityplus.opportunities.models.interest import GUEST, HOST
from cityplus.opportunities.models.parts import PAPERS
from cityplus.opportunities.showing import value_of
from cityplus.opportunities.views.one import known, shown
from cityplus.social.tongues import tongues
from cityplus.web.addresses import in_language
from cityplus.web.paging import page_of

SIZE = 30


@require_POST
@signed_in
def entrance(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """Answer an opportunity for the organisation ``for``, with a message. Nobody sees an address."""
    one = known(request, handle, slug)
    mine = acting.organisations(request.user).exclude(actor=one.host_id)
    organisation = get_object_or_404(
        mine.select_related("actor", "city__actor"), actor__handle=signs.line(request.POST.get("for", ""))
    )
    try:
        words = wording.said(request.POST.get("words", ""), request.POST.get("tongue", ""))
        if not words:
            raise OpportunityError(_("Write something."))
        limits.take(BEGINNING.by(organisation.pk), WRITING.by(request.user.pk))
        interest = Interest.say(one, organisation, words, by=request.user.get_username())
    except OpportunityError as wrong:
        context = shown(request, one, public=False, problem=str(wrong))
        return render(request, "opportunities/opportunity.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("It is sent. We tell you when there is an answer."))
    return redirect(interest)


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """The conversations of the sides for which this person deals, the newest first."""
    found = Interest.objects.between(request.user).whole()
    page = page_of(found, request.GET, ["-moved_at", "-id"], size=SIZE)
    actors = set(acting.actors(request.user, Act.DEAL).values_list("pk", flat=True))
    rows = [(one, one.opportunity.host_id in actors) for one in page.items]
    return render(request, "opportunities/mine.html", {"page": page, "rows": rows})


@require_safe
@as_side
def interest(request: HttpRequest, interest: Interest, side: str) -> HttpResponse:
    """The conversation whole."""
    return interest_page(request, interest, side)


def interest_page(
    request: HttpRequest, interest: Interest, side: str, *, problem: str = "", outcome: OutcomeForm | None = None
) -> HttpResponse:
    """The page of a conversation as one side has it."""
    other = GUEST if side == HOST else HOST
    reading = Care.objects.filter(interest=interest, asked_at__isnull=False).select_related("city__actor")
    told = interest.outcomes.filter(Q(state__in=("proposed", "confirmed")) | Q(side=side)).prefetch_related("proofs")
    context: dict[str, Any] = {
        "interest": interest,
        "one": interest.opportunity,
        "side": side,
        "sides": interest.sides_of(request.user),
        "us": interest.actor_of(side),
        "them": interest.actor_of(other),
        "ours": interest.state_of(side),
        "ours_said": Interest.State(interest.state_of(side)).label,
        "theirs_said": Interest.State(interest.state_of(other)).label,
        "ways": interest.ways_of(side),
        "said": interest.told_to(interest.actor_of(side)),
        "outcomes": [(row, value_of(row)) for row in told],
        "most_files": PAPERS,
        "form": outcome or OutcomeForm(today=timezone.now().astimezone(Care.city_of(interest, side).zone).date()),
        "met_at": in_language(interest.met_at, get_language() or "en") if interest.met_at else "",
        "unanswered": interest.waits_for == side,
        "readers": [care.city for care in reading],
        "city": Care.city_of(interest, side),
        "asked": reading.filter(city=Care.city_of(interest, side)).exists(),
        "can_ask": Care.city_of(interest, side).actor_id != interest.actor_of(side).pk,
        "tongues": tongues(),
        "tongue": reader_tag(),
        "problem": problem,
        "typed": request.POST.get("words", "") if problem else "",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem or outcome else HTTPStatus.OK
    return render(request, "opportunities/interest.html", context, status=status)


@require_POST
@as_side
def message(request: HttpRequest, interest: Interest, side: str) -> HttpResponse:
    """Say something; the others hear of it by letter and by notice."""
    try:
        words = wording.said(request.POST.get("words", ""), request.POST.get("tongue", ""))
        limits.take(WRITING.by(request.user.pk))
        said = interest.write(interest.actor_of(side), words, by=request.user.get_username())
    except OpportunityError as wrong:
        return interest_page(request, interest, side, problem=str(wrong))
    if said.state == "held":
        messages.info(request, _("Somebody looks at your message before it is passed on."))
    return redirect(interest.page_of(side, "last"))


@require_POST
@as_side
def state(request: HttpRequest, interest: Interest, side: str) -> HttpResponse:
    """Say how far this side is."""
    try:
        interest.move(side, request.POST.get("state", ""), by=request.user.get_username())
    except LifeCycleError:
        messages.error(request, _("There is no way from where you are to that."))
    return redirect(interest.page_of(side))


@require_POST
@as_side
def help_(request: HttpRequest, interest: Interest, side: str) -> HttpResponse:
    """Ask one's city for help, whose desk then reads what is said (``on=1``), or end that (``on=0``)."""
    deed = Care.end if request.POST.get("on") == "0" else Care.ask
    deed(interest, side, by=request.user.get_username())
    return redirect(interest.page_of(side))
