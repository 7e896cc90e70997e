"""After a meeting: what came of it begins in a conversation about an opportunity of one of the two."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cityplus import limits
from cityplus.languages.tags import reader_tag
from cityplus.opportunities import acting, wording
from cityplus.opportunities.access import signed_in
from cityplus.opportunities.acting import Act
from cityplus.opportunities.allowed import BEGINNING, WRITING
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models import Interest, Opportunity
from cityplus.opportunities.models.queries import OpportunityQuerySet
from cityplus.organisations.encounters import Met
from cityplus.organisations.models import Organisation
from cityplus.social.tongues import tongues
from cityplus.web.addresses import in_language


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def met(request: HttpRequest) -> HttpResponse:
    """For who deals for the first of two organisations that met, as the ``word`` of the room of meetings says. POST goes on in a
    conversation that the two have (``interest``), or begins one about an open opportunity of either (``about``)."""
    word = request.GET.get("word", "")
    found = Met.read(word)
    ours = _organisations(found.ours if found else 0).filter(pk__in=acting.organisations(request.user)).first()
    theirs = _organisations(found.theirs if found else 0).first()
    if found is None or ours is None or theirs is None or ours == theirs:
        raise Http404
    day = {"met_on": found.on, "met_at": found.at}
    problem = ""
    if request.method == "POST":
        try:
            talk = _go_on(request, ours, theirs, day)
            return redirect(f"{talk.get_absolute_url()}#came")
        except OpportunityError as wrong:
            problem = str(wrong)
    context: dict[str, Any] = {
        "met": found,
        "met_at": in_language(found.at, get_language() or "en"),
        "ours": ours,
        "theirs": theirs,
        "begun": _between(ours, theirs),
        "open": _open(ours, theirs),
        "writes": acting.actors(request.user, Act.WRITE).filter(pk=ours.actor_id).exists(),
        "tongues": tongues(),
        "tongue": reader_tag(),
        "problem": problem,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "opportunities/met.html", context, status=status)


def _go_on(request: HttpRequest, ours: Organisation, theirs: Organisation, day: dict[str, Any]) -> Interest:
    by = request.user.get_username()
    if "interest" in request.POST:
        talk = get_object_or_404(_between(ours, theirs), pk=_number(request.POST["interest"]))
        talk.meet(**day, by=by)
        return talk
    one = get_object_or_404(_open(ours, theirs), pk=_number(request.POST.get("about", "")))
    words = wording.said(request.POST.get("words", ""), request.POST.get("tongue", ""))
    if not words:
        raise OpportunityError(_("Write something."))
    limits.take(BEGINNING.by(ours.pk), WRITING.by(request.user.pk))
    guest = theirs if one.host_id == ours.actor_id else ours
    talk = Interest.begin(one, guest, ours.actor, words, by=by, **day)
    messages.success(request, _("It is sent. Now tell what came of it, or do so once something has."))
    return talk


def _organisations(number: int) -> Any:
    return Organisation.objects.public().filter(pk=number).select_related("actor", "city__actor")


def _between(ours: Organisation, theirs: Organisation) -> QuerySet[Interest]:
    """The conversations that the two have, whoever of them began."""
    both = Q(opportunity__host=ours.actor_id, organisation=theirs) | Q(
        opportunity__host=theirs.actor_id, organisation=ours
    )
    return Interest.objects.filter(both).whole().order_by("-moved_at", "-pk")


def _open(ours: Organisation, theirs: Organisation) -> OpportunityQuerySet:
    """What either of the two offers or asks for now, and is not talked about yet; both are verified."""
    found = Opportunity.objects.shown().open().filter(host__in=[ours.actor_id, theirs.actor_id])
    talked = _between(ours, theirs).order_by().values("opportunity")
    return found.exclude(pk__in=talked).for_lists().order_by("-published_at", "-pk")


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else 0
