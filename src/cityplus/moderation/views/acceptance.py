"""Accepting the rules of the network anew, when they have changed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cityplus.moderation.models import Acceptance, Edition
from cityplus.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def acceptance(request: HttpRequest) -> HttpResponse:
    """The rules in force. ``POST`` accepts the edition that was shown, and leads back to ``next``."""
    to = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    edition = Edition.in_force()
    if edition is None:
        return redirect(to or "people:account")
    if request.method == "POST":
        if request.POST.get("edition") == str(edition.number):
            Acceptance.give(request.user, edition)  # type: ignore[arg-type]
            return redirect(to or "people:account")
        messages.warning(request, _("The rules were changed meanwhile. Please read them once more."))
    missing = isinstance(request.user, Person) and Acceptance.missing(request.user) is not None
    first = not Acceptance.objects.filter(person=request.user.pk).exists()
    context = {"edition": edition, "rules": edition.rules.all(), "next": to, "missing": missing, "first": first}
    return render(request, "moderation/acceptance.html", context)


def _safe(request: HttpRequest, to: str) -> str:
    """A page of ours, or nothing."""
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if safe else ""
