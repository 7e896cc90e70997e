"""What came of it: told and confirmed by the two sides, and added up for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cityplus import limits
from cityplus.cities.isic import SECTIONS
from cityplus.lib import signs
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.opportunities import listing, totals, wording
from cityplus.opportunities.access import as_side
from cityplus.opportunities.allowed import TELLING
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.forms import OutcomeForm
from cityplus.opportunities.models import Interest, Outcome
from cityplus.opportunities.models.outcome import OutcomeQuerySet
from cityplus.opportunities.views.conversation import interest_page
from cityplus.opportunities.views.listed import FILE, as_file
from cityplus.pulse import counted
from cityplus.web.pagecache import keep
from cityplus.web.paging import page_of

SIZE = 30
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
NAMES = ("year", "outcome", "sector", "city", "pair")


@require_safe
@keep
@counted("outcomes")
def outcomes(request: HttpRequest) -> HttpResponse:
    """The confirmed outcomes that this visitor may know of, and their totals."""
    chosen = {name: signs.line(request.GET.get(name, ""))[:80] for name in NAMES}
    found = _fitting(Outcome.objects.counted(request.user), chosen)
    page = page_of(found.for_lines(), request.GET, ["-on", "-id"], size=SIZE, filters=chosen)
    tables = [
        (_("By pair of cities"), totals.by_pair(found)),
        (_("By city"), totals.by_city(found)),
        (_("By sector"), totals.by_sector(found)),
        (_("By kind"), totals.by_kind(found)),
        (_("By year"), totals.by_year(found)),
    ]
    context = {"page": page, "total": totals.total(found), "tables": tables, "filtered": any(chosen.values())}
    return render(request, "opportunities/outcomes.html", context)


@require_safe
def outcomes_file(request: HttpRequest) -> HttpResponse:
    """The same as CSV, one outcome a line."""
    chosen = {name: signs.line(request.GET.get(name, ""))[:80] for name in NAMES}
    found = _fitting(Outcome.objects.counted(request.user), chosen).for_lines().order_by("-on", "-id")[:FILE]
    lines = listing.as_csv(listing.OUTCOMES, map(listing.row_of_outcome, found))
    return as_file("".join(lines), f"outcomes-{timezone.now():%Y-%m-%d}.csv")


@require_POST
@as_side
def tell(request: HttpRequest, interest: Interest, side: str) -> HttpResponse:
    """Tell what came of it; the other side is asked to confirm."""
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return interest_page(request, interest, side, outcome=form)
    data: dict[str, Any] = dict(form.cleaned_data)
    try:
        data["words"] = wording.said(data.pop("words"), data.pop("tongue"))
        limits.take(TELLING.by(request.user.pk))
        Outcome.tell(interest, side, by=request.user.get_username(), **data)
    except OpportunityError as wrong:
        form.add_error("on", str(wrong))
        return interest_page(request, interest, side, outcome=form)
    messages.success(request, _("It is told. It counts once the other side has confirmed it."))
    return redirect(interest.page_of(side, "came"))


@require_POST
@as_side
def answer(request: HttpRequest, interest: Interest, side: str, outcome: int) -> HttpResponse:
    """Confirm (``say=confirmed``) or refuse what the other side told, or withdraw one's own."""
    found = get_object_or_404(interest.outcomes, pk=outcome)
    seen = {int(one) for one in request.POST.getlist("files") if one.isascii() and one.isdecimal() and len(one) < 19}
    says: dict[str, Callable[..., None]] = {
        "confirmed": partial(found.confirm, seen=seen),
        "refused": found.refuse,
        "withdrawn": found.withdraw,
    }
    said = request.POST.get("say", "")
    try:
        if said in says:
            says[said](side, by=request.user.get_username())
    except OpportunityError as wrong:
        messages.error(request, str(wrong))
    except LifeCycleError:
        messages.error(request, _("That was decided meanwhile."))
    return redirect(interest.page_of(side, "came"))


def _fitting(found: OutcomeQuerySet, chosen: dict[str, str]) -> OutcomeQuerySet:
    year, sector, city, pair = (chosen[name] for name in ("year", "sector", "city", "pair"))
    if year:
        found = found.filter(on__year=int(year)) if _YEAR.fullmatch(year) else found.none()
    if chosen["outcome"]:
        found = found.filter(kind=chosen["outcome"])
    if sector:
        main = Q(interest__opportunity__sectors__section=sector, interest__opportunity__sectors__place=0)
        found = found.filter(main) if sector in SECTIONS else found.none()
    host, guest = "interest__opportunity__city__actor__handle", "interest__organisation__city__actor__handle"
    if city:
        found = found.filter(Q(**{host: city}) | Q(**{guest: city}))
    if pair:
        one, _plus, other = pair.partition("+")
        found = found.of_pair(one, other)
    return found
