"""What an organisation offers and asks for, on its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from cityplus.opportunities.models import Opportunity
from cityplus.organisations.models import Organisation
from cityplus.organisations.shown import Line

MOST = 5


def lines(organisation: Organisation, person: Any) -> tuple[Sequence[Line], str]:
    """The newest open ones that this person may see, and the address of all of them."""
    seen = Opportunity.objects.visible_to(person).open().filter(host=organisation.actor_id)
    shown = [
        Line(one.get_absolute_url(), one.title, f"{one.get_direction_display()} · {one.get_kind_display()}")
        for one in seen.select_related("host").order_by("-published_at", "-pk")[:MOST]
    ]
    return shown, reverse("opportunities:of-host", args=[organisation.actor.handle])
