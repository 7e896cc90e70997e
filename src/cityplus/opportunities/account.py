"""What the account page says of opportunities: those that a person writes, whom they talk with, what they look for."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cityplus.opportunities import acting
from cityplus.opportunities.acting import Act
from cityplus.opportunities.models import Interest, Search


def opportunities(request: HttpRequest) -> SafeString:
    writes = list(acting.actors(request.user, Act.WRITE).order_by("handle")[:20])
    talks = Interest.objects.between(request.user).exists()
    if not (writes or talks or Search.objects.filter(person=request.user.pk).exists()):
        return SafeString("")
    return render_to_string("opportunities/account.html", {"writes": writes, "talks": talks}, request)
