"""Leaving: the account is closed here, by who has just shown once more that it is theirs."""

from __future__ import annotations

from allauth.account.internal import flows
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cityplus.cities.models import Member
from cityplus.people import letters
from cityplus.social.accounts import leaving
from cityplus.social.models.closing import WAIT

CLOSED = "social/closed"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest) -> HttpResponse:
    """What becomes of all that is one's own, and the button. POST closes the account, when ``sure`` is said."""
    flows.reauthentication.raise_if_reauthentication_required(request, app="allauth.account")
    person = request.user
    problem = ""
    if request.method == "POST":
        if request.POST.get("sure") != "1":
            problem = _("Say that you are sure.")
        else:
            try:
                done = leaving.close(person, by=person.get_username())  # type: ignore[arg-type] # signed in
            except leaving.Tied as tied:
                problem = str(tied)
            else:
                if person.email:  # type: ignore[union-attr] # signed in
                    letters.write(CLOSED, person.email, person, {"until": f"{done.due_at:%Y-%m-%d}"})  # type: ignore[union-attr, arg-type]
                logout(request)
                messages.success(request, _("Your account is closed. Sign in within 30 days if you want it back."))
                return redirect("/")
    owned = Member.objects.filter(person=person.pk).select_related("city__actor")
    context = {"days": WAIT.days, "teams": owned, "problem": problem}
    return render(request, "social/people/closing.html", context, status=422 if problem else 200)
