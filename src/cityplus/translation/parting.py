"""What somebody had been given to translate is anybody's again once their account is closed."""

from __future__ import annotations

from cityplus.actors.models import Actor
from cityplus.people.models import Person
from cityplus.social.accounts.leaving import Part
from cityplus.translation.models import Assignment


def _give_back(person: Person, actor: Actor | None) -> None:
    del actor
    Assignment.objects.filter(person=person).delete()


PART = Part(away=_give_back, purge=_give_back)
