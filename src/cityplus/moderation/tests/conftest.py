"""Who takes part: a reader of Shenzhen who reports, a writer of The Hague, the team of The Hague, and two officers of the office."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from allauth.account.models import EmailAddress
from conftest import sign_in
from django.test import Client

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Member
from cityplus.languages.text import Text
from cityplus.moderation.models import Edition, Report, Rule
from cityplus.people.models import Person
from cityplus.social.models import Post, Profile
from cityplus.social.tests.cast import resident, say

RULES = (
    Text.of("en", en="Be kind.", nl="Wees vriendelijk.", zh_Hans="请友善。"),
    Text.of("en", en="No spam.", nl="Geen spam."),
)


def person_of(actor: Actor) -> Person:
    person = Profile.objects.get(actor=actor).person
    assert person
    return person


def officer(name: str) -> Person:
    return Person.enrol(name, f"{name}@office.example", "a long password", office=True)


@dataclass
class Cast:
    """``post`` is a reply by the ``writer`` to a post of The Hague, in whose space it so stands."""

    city: City
    reader: Person
    writer: Actor
    team: Person
    first: Person
    second: Person
    post: Post

    @property
    def wrote(self) -> Person:
        return person_of(self.writer)

    def report(self, *, forward: bool = True, reason: str = "spam", by: Person | None = None) -> Report:
        return Report.make(by or self.reader, "post", self.post.pk, reason=reason, words="Look.", forward=forward)

    def browser(self, who: str) -> Client:
        people = {
            "reader": self.reader,
            "writer": self.wrote,
            "team": self.team,
            "first": self.first,
            "second": self.second,
        }
        return sign_in(people[who])


@pytest.fixture
def cast(thehague: City, shenzhen: City) -> Cast:
    reader, writer = person_of(resident("li", shenzhen)), resident("wim", thehague)
    wrote = person_of(writer)
    wrote.email, wrote.language = "wim@example.org", "nl"
    wrote.save()
    EmailAddress.objects.create(user=wrote, email=wrote.email, verified=True, primary=True)
    team = Person.enrol("team", "team@thehague.example", "a long password")
    Member.join(thehague, team, "editor", by="test")
    begun = say(thehague.actor, "How was the fair?")
    post = say(writer, "Buy my watches.", reply_to=begun)
    return Cast(thehague, reader, writer, team, officer("first"), officer("second"), post)


@pytest.fixture
def rules(db: None) -> list[Rule]:
    return list(Edition.publish(RULES, by="first", after=0).rules.all())


def everybody_accepts() -> None:
    """For tests of pages that have rules, and are not about accepting them."""
    from cityplus.moderation.models import Acceptance  # noqa: PLC0415

    edition = Edition.in_force()
    for person in Person.objects.all() if edition else []:
        Acceptance.give(person, edition)  # type: ignore[arg-type]
