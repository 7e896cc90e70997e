"""Founding an organisation: the beginning of its page, which nobody else sees yet."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cityplus import limits
from cityplus.limits import Limit
from cityplus.organisations.forms import FoundingForm
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person

FOUNDINGS = Limit("organisations founded by a person", 10, 24 * 3600)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Found one: its handle, name, kind and city. All else is written at its workplace."""
    assert isinstance(request.user, Person)  # noqa: S101 - signed in
    data = request.POST if request.method == "POST" else None
    form = FoundingForm(data, request.user.username)
    asks = data is not None and "more" in data
    if data is not None and not asks and form.is_valid():
        limits.take(FOUNDINGS.by(request.user.pk))
        said = form.cleaned_data
        try:
            found = Organisation.found(said["handle"], said["text_name"], said["city"], said["kind"], request.user)
        except IntegrityError:  # somebody was quicker
            form.add_error("handle", _("Somebody has this handle already."))
        else:
            messages.success(request, _("It is there, for you alone. Write its page, then ask the city to verify it."))
            return redirect("organisations:work", found.actor.handle)
    if asks:
        form.forgive()
    status = 422 if data is not None and not asks else 200
    return render(request, "organisations/new.html", {"form": form}, status=status)
