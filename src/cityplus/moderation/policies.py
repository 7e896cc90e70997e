"""Who may decide what: pure functions over plain values, so that one table tests them all."""

from __future__ import annotations

from dataclasses import dataclass

TEAM = frozenset({"dismiss", "warn", "hide"})
"""What the team of a city may decide, within its own spaces."""
AGAINST_AN_AUTHOR = frozenset({"warn", "limit", "suspend"})
GRAVE = frozenset({"limit", "suspend"})
"""What only the office decides, and against a city never one officer alone."""
ALL = ("dismiss", "warn", "hide", "limit", "suspend")
"""What may answer a report, the mildest first; to lift is decided about a decision."""
LEVELS = {"limit": "limited", "suspend": "suspended"}
"""The standing that a decision leaves an actor."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be decided, and who would.

    ``office``: for the network office, else for the team of a city; ``lies_here``: the report lies with that team; ``own``: the
    officer speaks for the author; ``author``, ``hides``: there is somebody to tell, and the thing can be hidden.
    """

    office: bool
    lies_here: bool = True
    own: bool = False
    author: bool = True
    hides: bool = True


def may_decide(case: Case, kind: str) -> bool:
    """Whether this officer may decide this."""
    if case.own or kind not in ALL:
        return False
    if not case.office and (not case.lies_here or kind not in TEAM):
        return False
    if kind in AGAINST_AN_AUTHOR and not case.author:
        return False
    return kind != "hide" or case.hides


def choices(case: Case) -> list[str]:
    """All that this officer may decide, the mildest first."""
    return [kind for kind in ALL if may_decide(case, kind)]


def needs_second(kind: str, *, city: bool) -> bool:
    """Whether a second officer has to agree before it is in force."""
    return city and kind in GRAVE


def may_agree(*, office: bool, proposed_it: bool, own: bool) -> bool:
    """Whether somebody may approve or refuse what another officer proposed."""
    return office and not proposed_it and not own


def may_settle(*, office: bool, decided_it: bool, own: bool) -> bool:
    """Whether somebody may decide an appeal: of the office, and neither who decided first nor who is decided about."""
    return office and not decided_it and not own


def may_lift(kind: str, state: str, *, office: bool, own: bool, theirs: bool) -> bool:
    """Whether a decision may be taken back without an appeal: by the office; what a team hid also by that team (``theirs``)."""
    if own or state != "in_force" or kind not in GRAVE | {"hide"}:
        return False
    return office or (kind == "hide" and theirs)


def lies_with_city(*, forwarded: bool, city: bool, by_a_city: bool) -> bool:
    """Whether a report goes to the team of a city: if its reporter lets it, and the thing is neither of a city nor one."""
    return forwarded and city and not by_a_city


def standing_after(kinds_in_force: frozenset[str]) -> str:
    """The standing of an actor against whom these decisions are in force."""
    if "suspend" in kinds_in_force:
        return "suspended"
    return "limited" if "limit" in kinds_in_force else "good"
