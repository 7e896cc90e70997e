"""What the account page says of decisions about this person."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cityplus.moderation import voices
from cityplus.moderation.models import Decision
from cityplus.people.models import Person


def about(person: Person) -> QuerySet[Decision]:
    """Decisions about the actors that a person speaks for, the newest first, without those that are not in force yet."""
    found = Decision.objects.filter(author__in=voices.actors_of(person), state__in=Decision.SHOWN)
    return found.exclude(kind="dismiss").select_related("author", "appeal", "lifted_by")


def decisions(request: HttpRequest) -> SafeString:
    """Nothing for whom nothing was decided about."""
    person = request.user
    if not isinstance(person, Person):
        return SafeString("")
    found = about(person).count()
    return render_to_string("moderation/account.html", {"count": found}, request) if found else SafeString("")
