"""What one wants to hear of, by which ways, and when."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cityplus.notifications.forms import WAY_LABELS, WishesForm, zones
from cityplus.notifications.models import Device
from cityplus.notifications.push import vapid
from cityplus.people import devices
from cityplus.people.models import Person


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest) -> HttpResponse:
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 - login_required stands before
    form = WishesForm(person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.keep()
        messages.success(request, _("Your choice is kept."))
        return redirect("notifications:wishes")
    shown = [
        {"device": device, "name": devices.describe(device.agent)}
        for device in Device.objects.filter(person=person).order_by("-added_at", "-pk")
    ]
    context = {
        "form": form,
        "ways": WAY_LABELS.values(),
        "zones": zones(),
        "devices": shown,
        "push_key": vapid.public_key(),
    }
    return render(request, "notifications/wishes.html", context, status=400 if form.errors else 200)
