"""What was decided about a person, for this person alone: to read, and to appeal. It is there for who is suspended too."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cityplus import limits
from cityplus.limits import Limit
from cityplus.moderation import account, subjects
from cityplus.moderation.models import Appeal, Decision, ModerationError
from cityplus.web.paging import page_of

SIZE = 30
APPEALS = Limit("appeals of a person", 20, 3600)


@require_safe
@never_cache
@login_required
def decisions(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    page = page_of(account.about(request.user), request.GET, ("-pk",), size=SIZE)  # type: ignore[arg-type]
    return render(request, "moderation/decisions.html", {"page": page})


@require_safe
@never_cache
@login_required
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One, with its rules, its reason, and how to appeal."""
    return _page(request, _own(request, pk))


@require_POST
@never_cache
@login_required
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another decision."""
    found = _own(request, pk)
    limits.take(APPEALS.by(request.user.pk))
    try:
        Appeal.make(found, request.user, request.POST.get("words", ""))  # type: ignore[arg-type]
        messages.success(request, _("Your appeal is sent. Somebody else will decide, and you get a letter."))
    except ModerationError as refusal:
        return _page(request, found, refusal=str(refusal), status=422)
    return redirect("moderation:decision", pk)


def _own(request: HttpRequest, pk: int) -> Decision:
    return get_object_or_404(account.about(request.user), pk=pk)  # type: ignore[arg-type]


def _page(request: HttpRequest, found: Decision, refusal: str = "", status: int = 200) -> HttpResponse:
    subject = subjects.of_kind(found.subject_kind)
    context = {
        "decision": found,
        "rules": found.rules.all(),
        "thing": subject.one(found.subject_id) if subject else None,
        "appeal": getattr(found, "appeal", None),
        "refusal": refusal,
        "typed": request.POST.get("words", ""),
    }
    return render(request, "moderation/decision.html", context, status=status)
