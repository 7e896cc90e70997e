"""Who may decide what: the whole table."""

from __future__ import annotations

import pytest

from cityplus.moderation import policies
from cityplus.moderation.policies import Case

OFFICE, TEAM = Case(office=True), Case(office=False)
CASES = {
    "office": (OFFICE, {"dismiss", "warn", "hide", "limit", "suspend"}),
    "office, its own": (Case(office=True, own=True), set()),
    "office, what cannot be hidden": (Case(office=True, hides=False), {"dismiss", "warn", "limit", "suspend"}),
    "office, nobody to tell": (Case(office=True, author=False), {"dismiss", "hide"}),
    "office, though it lies with a city": (
        Case(office=True, lies_here=False),
        {"dismiss", "warn", "hide", "limit", "suspend"},
    ),
    "team": (TEAM, {"dismiss", "warn", "hide"}),
    "team, its own": (Case(office=False, own=True), set()),
    "team, elsewhere": (Case(office=False, lies_here=False), set()),
    "team, an account": (Case(office=False, hides=False), {"dismiss", "warn"}),
    "team, nobody to tell": (Case(office=False, author=False), {"dismiss", "hide"}),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kind", [*policies.ALL, "lift", "", "delete"])
def test_who_may_decide(name: str, kind: str) -> None:
    case, may = CASES[name]
    assert policies.may_decide(case, kind) is (kind in may)


@pytest.mark.parametrize("name", CASES)
def test_the_choices_are_what_one_may_the_mildest_first(name: str) -> None:
    case, may = CASES[name]
    assert policies.choices(case) == [kind for kind in policies.ALL if kind in may]


@pytest.mark.parametrize(
    ("kind", "city", "needed"),
    [(kind, city, city and kind in {"limit", "suspend"}) for kind in (*policies.ALL, "lift") for city in (True, False)],
)
def test_what_needs_a_second_officer(kind: str, city: bool, needed: bool) -> None:
    assert policies.needs_second(kind, city=city) is needed


@pytest.mark.parametrize("office", [True, False])
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("own", [True, False])
def test_who_agrees_and_who_settles_an_appeal(office: bool, first: bool, own: bool) -> None:
    """Somebody of the office, who neither decided first nor is decided about."""
    expected = office and not first and not own
    assert policies.may_agree(office=office, proposed_it=first, own=own) is expected
    assert policies.may_settle(office=office, decided_it=first, own=own) is expected


LIFTS = [
    # kind, state, office, own, theirs, may
    ("hide", "in_force", True, False, False, True),
    ("limit", "in_force", True, False, False, True),
    ("suspend", "in_force", True, False, False, True),
    ("warn", "in_force", True, False, False, False),
    ("dismiss", "in_force", True, False, False, False),
    ("lift", "in_force", True, False, False, False),
    ("suspend", "in_force", True, True, False, False),
    ("hide", "lifted", True, False, False, False),
    ("suspend", "proposed", True, False, False, False),
    ("hide", "reversed", True, False, False, False),
    ("hide", "in_force", False, False, True, True),
    ("hide", "in_force", False, False, False, False),
    ("hide", "in_force", False, True, True, False),
    ("suspend", "in_force", False, False, True, False),
]


@pytest.mark.parametrize(("kind", "state", "office", "own", "theirs", "may"), LIFTS)
def test_who_takes_back(kind: str, state: str, office: bool, own: bool, theirs: bool, may: bool) -> None:
    assert policies.may_lift(kind, state, office=office, own=own, theirs=theirs) is may


@pytest.mark.parametrize(
    ("forwarded", "city", "by_a_city", "lies"),
    [
        (True, True, False, True),
        (False, True, False, False),
        (True, False, False, False),
        (True, True, True, False),
        (False, False, True, False),
    ],
)
def test_what_lies_with_a_city(forwarded: bool, city: bool, by_a_city: bool, lies: bool) -> None:
    assert policies.lies_with_city(forwarded=forwarded, city=city, by_a_city=by_a_city) is lies


@pytest.mark.parametrize(
    ("kinds", "standing"),
    [
        (set(), "good"),
        ({"warn", "hide", "dismiss", "lift"}, "good"),
        ({"limit"}, "limited"),
        ({"limit", "suspend"}, "suspended"),
        ({"suspend", "warn"}, "suspended"),
    ],
)
def test_the_standing_is_that_of_the_gravest_decision_in_force(kinds: set[str], standing: str) -> None:
    assert policies.standing_after(frozenset(kinds)) == standing
