from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cityplus import limits
from cityplus.cities.models import Proof, ProofError
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.limits import Limit
from cityplus.web.addresses import absolute, bare

CHECKS = Limit("looks at proofs of a city", 30, 3600)
PROOFS = 10
"""A city has at most so many at a time."""


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SETTINGS)
def proofs(request: HttpRequest, at: Desk) -> HttpResponse:
    """The proofs that the city is official, and the ways to give one."""
    refusal, kind, target = "", request.POST.get("kind", ""), request.POST.get("target", "")
    if request.method == "POST":
        limits.take(CHECKS.by(at.city.pk))
        try:
            if at.city.proofs.exclude(state="ended").count() >= PROOFS:
                raise ProofError(_("These are enough. Take one away first."))
            Proof.ask(at.city, kind, target, by=at.by)
            return redirect("desk:official", at.city.handle)
        except ProofError as problem:
            refusal = str(problem)
    context = {
        "desk": at,
        "proofs": at.city.proofs.exclude(state="ended"),
        "refusal": refusal,
        "kind": kind,
        "target": target,
        "address": absolute(bare(at.city.get_absolute_url())),
    }
    return render(request, "desk/official.html", context)


@require_POST
@desk(Right.SETTINGS)
def check(request: HttpRequest, at: Desk, pk: int) -> HttpResponse:
    """Have it looked at now."""
    proof = get_object_or_404(at.city.proofs.exclude(state="ended").exclude(kind=Proof.Kind.VOUCHED), pk=pk)
    limits.take(CHECKS.by(at.city.pk))
    proof.look_again()
    messages.info(request, _("It is being looked at. Load the page again in a moment."))
    return redirect("desk:official", at.city.handle)


@require_POST
@desk(Right.SETTINGS)
def end(request: HttpRequest, at: Desk, pk: int) -> HttpResponse:
    """Take a proof away. What the office vouches for, it alone takes back."""
    get_object_or_404(at.city.proofs.exclude(kind=Proof.Kind.VOUCHED), pk=pk).end(by=at.by)
    return redirect("desk:official", at.city.handle)
