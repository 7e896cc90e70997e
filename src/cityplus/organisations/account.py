"""What the account page says of the organisations that a person acts for."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cityplus.organisations.models import Delegate


def organisations(request: HttpRequest) -> SafeString:
    mine = Delegate.objects.filter(person=request.user.pk).select_related("organisation__actor").order_by("since", "pk")
    return render_to_string("organisations/account.html", {"delegations": list(mine)}, request)
