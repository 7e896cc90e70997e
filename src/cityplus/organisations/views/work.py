"""The workplace of an organisation: where it stands, and its way to being verified, back and to its end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cityplus.lib.lifecycle import LifeCycleError
from cityplus.organisations import completeness
from cityplus.organisations.access import Workplace, workplace
from cityplus.organisations.roles import Right


@require_safe
@workplace(Right.SEE)
def home(request: HttpRequest, at: Workplace) -> HttpResponse:
    """Where the organisation stands, what is missing before its city can be asked, and how its page looks."""
    organisation = at.organisation
    context = {
        "at": at,
        "organisation": organisation,
        "missing": completeness.missing(organisation),
        "activities": organisation.activities.all(),
    }
    return render(request, "organisations/work/home.html", context)


@require_POST
@workplace(Right.WRITE)
def asking(request: HttpRequest, at: Workplace) -> HttpResponse:
    """Ask the city to verify it."""
    if completeness.missing(at.organisation):
        messages.error(request, _("Something is missing yet, as it says here."))
        return _home(at)
    words = _("The city has it now. Its answer comes by letter, and stands here.")
    return _done(request, at, at.organisation.ask, words)


@require_POST
@workplace(Right.WRITE)
def withdrawal(request: HttpRequest, at: Workplace) -> HttpResponse:
    """Ask no longer, or give the verification back."""
    deed = partial(at.organisation.withdraw, seen=request.POST.get("seen", ""))
    return _done(request, at, deed, _("It is yours alone again. Change it, and ask anew."))


@require_http_methods(["GET", "HEAD", "POST"])
@workplace(Right.TEAM)
def closing(request: HttpRequest, at: Workplace) -> HttpResponse:
    """Close it for good: first the page that says what that means."""
    if request.method != "POST":
        return render(request, "organisations/work/closing.html", {"at": at, "organisation": at.organisation})
    if request.POST.get("handle", "").strip().lstrip("@").lower() != at.organisation.actor.handle:
        refusal = _("Type its handle, so that it is not closed by mistake.")
        context = {"at": at, "organisation": at.organisation, "refusal": refusal}
        return render(request, "organisations/work/closing.html", context, status=422)
    return _done(request, at, at.organisation.close, _("It is closed."))


def _done(request: HttpRequest, at: Workplace, deed: Callable[..., None], words: str) -> HttpResponse:
    try:
        deed(by=at.by)
        messages.success(request, words)
    except LifeCycleError:
        messages.error(request, _("It was decided in the meantime. This is how it stands now."))
    return _home(at)


def _home(at: Workplace) -> HttpResponse:
    return redirect("organisations:work", at.organisation.actor.handle)
