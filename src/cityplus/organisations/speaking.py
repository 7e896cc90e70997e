"""For which organisations a person may speak."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cityplus.organisations.models import Organisation
from cityplus.organisations.roles import Right, roles_with

_SPEAKERS = roles_with(Right.SPEAK)


def for_organisations(person: Any) -> Q:
    """The verified organisations of which this person is a delegate who may speak."""
    found = Organisation.objects.public().filter(delegates__person=person, delegates__role__in=_SPEAKERS)
    return Q(pk__in=found.values("actor"))
