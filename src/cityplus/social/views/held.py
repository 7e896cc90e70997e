"""What is said to somebody whose words moderation looks at first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _


def waits(request: HttpRequest) -> HttpResponse:
    """Lead to the drafts, where it is found; why it is looked at is for moderation to know."""
    messages.success(request, _("Moderation looks at it before it is posted. You find it among your drafts."))
    return redirect("social:drafts")
