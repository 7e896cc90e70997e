"""What a city asks of itself before something is published."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cityplus.cities.models import Rules
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.forms.rules import RulesForm


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SETTINGS)
def settings(request: HttpRequest, at: Desk) -> HttpResponse:
    """The rules of the city. POST sets all of them."""
    rules = Rules.of(at.city)
    form = RulesForm.of(rules, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        rules.set(by=at.by, **form.values)
        messages.success(request, _("The rules of the city are set."))
        return redirect("desk:settings", at.city.handle)
    status = 422 if form.is_bound else 200
    return render(request, "desk/settings.html", {"desk": at, "form": form, "rules": rules}, status=status)
