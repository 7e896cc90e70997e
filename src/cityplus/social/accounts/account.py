"""What the account page says of a person's profile, and of taking along and leaving."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cityplus.social.models import FollowRequest, Profile


def profile(request: HttpRequest) -> SafeString:
    """The way to one's profile; for who has none, the offer to make one."""
    found = Profile.objects.select_related("actor").filter(person=request.user.pk).first()
    waiting = FollowRequest.objects.filter(target=found.actor).count() if found and found.locked else 0
    return render_to_string("social/people/account.html", {"profile": found, "waiting": waiting}, request)
