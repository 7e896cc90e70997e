"""What the account page says of notices."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def notices(request: HttpRequest) -> SafeString:
    return render_to_string("notifications/account.html", {}, request)
