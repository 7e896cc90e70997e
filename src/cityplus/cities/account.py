"""What the account page says of the cities that a person acts for."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cityplus.cities import workplace
from cityplus.cities.models import Member


def teams(request: HttpRequest) -> SafeString:
    found = Member.objects.filter(person=request.user.pk).select_related("city__actor").order_by("since", "pk")
    members = [(member, workplace.of(member.city)) for member in found]
    return render_to_string("cities/account_teams.html", {"members": members}, request) if members else SafeString("")
