"""Who may answer a question, mark what helped, close it and open it again: pure functions over facts; and where the facts are from."""

from __future__ import annotations

from dataclasses import dataclass

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.social.models.profile import Profile
from cityplus.social.models.question import Answer, Question
from cityplus.social.speakers.speaking import speakers_of


@dataclass(frozen=True, slots=True)
class Part:
    """What an actor is to a question: the asked ``city``; a person of its ``team`` who may speak for it; one who lives there
    (``resident``); the ``asker``."""

    city: bool = False
    team: bool = False
    resident: bool = False
    asker: bool = False

    @property
    def role(self) -> str:
        """As what they answer; empty for who does not. Who asks and lives there too does not answer their own question."""
        roles = Answer.Role
        for is_so, role in (
            (self.asker, roles.ASKER),
            (self.city, roles.CITY),
            (self.team, roles.TEAM),
            (self.resident, roles.RESIDENT),
        ):
            if is_so:
                return str(role)
        return ""


NONE = Part()


def may_answer(part: Part) -> bool:
    """Whose reply is an answer: it can be marked as the one that helped. Everybody else replies as in any thread."""
    return bool(part.role)


def answers(part: Part) -> bool:
    """By whose reply a question is answered: not by what its asker adds."""
    return may_answer(part) and not part.asker


def may_mark(part: Part) -> bool:
    """Only who asked knows what helped."""
    return part.asker


def may_close(part: Part) -> bool:
    """The asker, who needs no more, and the city that was asked."""
    return part.asker or part.city


def may_reopen(part: Part) -> bool:
    return may_close(part)


def part_of(question: Question, actor: Actor | None) -> Part:
    """What this actor is to a question now; a city in whose team somebody is, is the city itself only where they act as it."""
    if actor is None:
        return NONE
    if actor.pk == question.post.author_id:
        return Part(asker=True, city=actor.pk == question.city.actor_id)
    if actor.kind != Actor.Kind.PERSON:
        return Part(city=actor.pk == question.city.actor_id)
    profile = Profile.objects.filter(actor=actor).first()
    if profile is None:
        return NONE
    return Part(team=_is_of_team(profile, question.city), resident=profile.home_id == question.city_id)


def _is_of_team(profile: Profile, city: City) -> bool:
    return profile.person_id is not None and speakers_of(city).filter(pk=profile.person_id).exists()
