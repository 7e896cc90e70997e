"""Who may answer a question, mark what helped, close it and open it again: the whole table, and where its facts are from."""

from __future__ import annotations

import pytest

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Member
from cityplus.languages.text import Text
from cityplus.people.models import Person
from cityplus.social.models import Question
from cityplus.social.questions import answering
from cityplus.social.questions.answering import Part
from cityplus.social.tests.cast import resident, say

PEOPLE = {
    "anybody": Part(),
    "asker": Part(asker=True),
    "asker at home": Part(asker=True, resident=True),
    "city": Part(city=True),
    "city asks itself": Part(city=True, asker=True),
    "team": Part(team=True),
    "resident": Part(resident=True),
    "resident of the team": Part(team=True, resident=True),
}
TABLE = {
    answering.may_answer: set(PEOPLE) - {"anybody"},
    answering.answers: {"city", "team", "resident", "resident of the team"},
    answering.may_mark: {"asker", "asker at home", "city asks itself"},
    answering.may_close: {"asker", "asker at home", "city", "city asks itself"},
    answering.may_reopen: {"asker", "asker at home", "city", "city asks itself"},
}
ROLES = {
    "anybody": "",
    "asker": "asker",
    "asker at home": "asker",
    "city": "city",
    "city asks itself": "asker",
    "team": "team",
    "resident": "resident",
    "resident of the team": "team",
}


@pytest.mark.parametrize("policy", TABLE, ids=lambda policy: policy.__name__)
def test_who_may(policy: object) -> None:
    assert {name for name, part in PEOPLE.items() if policy(part)} == TABLE[policy]  # type: ignore[operator, index]


def test_as_what_one_answers() -> None:
    assert {name: part.role for name, part in PEOPLE.items()} == ROLES


@pytest.mark.django_db
def test_what_an_actor_is_to_a_question(thehague: City, shenzhen: City, editor: Person) -> None:
    mei, piet, bo = resident("mei", shenzhen), resident("piet", thehague), resident("bo")
    ana = resident("ana")
    Member.join(thehague, Person.objects.get(username="ana"), "editor", by="test")
    eva = resident("eva")
    Member.join(thehague, Person.objects.get(username="eva"), "translator", by="test")
    question = Question.objects.get(post=say(mei, "Where is the sea?", asks=thehague.actor))
    actors = [mei, piet, bo, ana, eva, thehague.actor, shenzhen.actor, None]
    found = [answering.part_of(question, actor).role for actor in actors]
    assert found == ["asker", "resident", "", "team", "", "city", "", ""]


@pytest.mark.django_db
def test_a_question_stands_in_the_space_of_the_two_cities_when_they_are_tied(thehague: City, shenzhen: City) -> None:
    mei, bo, piet = resident("mei", shenzhen), resident("bo"), resident("piet", thehague)
    assert say(mei, asks=thehague.actor).space is None
    pair = Actor.objects.create(handle="shenzhen+thehague", kind="pair", names=Text.of("en", en="Both"))
    assert say(mei, asks=thehague.actor).space == pair
    assert say(shenzhen.actor, asks=thehague.actor).space == pair
    assert say(piet, asks=thehague.actor).space is None
    assert say(bo, asks=thehague.actor).space is None
    assert say(mei).space is None
