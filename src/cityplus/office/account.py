"""What the account page says to persons of the network office."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def office(request: HttpRequest) -> SafeString:
    staff = getattr(request.user, "is_staff", False)
    return render_to_string("office/account.html", {}, request) if staff else SafeString("")
