"""The parts that cities have in a ceremony, as who plans sees them: who has agreed, who is asked, and what can be said of it now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cityplus.ceremonies.models import Ceremony, Taking
from cityplus.ceremonies.planning.planner import Planner

ANSWERS = {"accept": "accepted", "decline": "declined", "withdraw": "withdrawn"}


@dataclass(frozen=True, slots=True)
class Part:
    """A city's part, and what this planner may say of it now."""

    taking: Taking
    answers: tuple[str, ...]
    withdraws: bool


def parts(planner: Planner, ceremony: Ceremony) -> Iterator[Part]:
    """All cities of a ceremony in their order, but for those that are asked no longer."""
    now = ceremony.state in Ceremony.PLANNING
    for taking in ceremony.takings.select_related("city__actor").exclude(state="withdrawn"):
        own = planner.city is not None and taking.asked_at is None  # who planned it calls it off instead
        says = now and planner.may_answer(taking) and not own
        answers = tuple(word for word in ("accept", "decline") if says and taking.state != ANSWERS[word])
        yield Part(taking, answers, now and may_withdraw(planner, ceremony, taking))


def may_withdraw(planner: Planner, ceremony: Ceremony, taking: Taking) -> bool:
    """Whether this planner asks this city no longer."""
    return taking.state == "asked" and taking.order > 0 and planner.may_change(ceremony)
