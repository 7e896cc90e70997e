"""What is asked of a timetable, and what one may say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Pair = tuple[str, str]
"""Two parties, the smaller key first."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who meets. ``there`` are the slots in which they can, ``wishes`` whom they want to meet, the first wish first."""

    key: str
    hall: str
    there: frozenset[int]
    wishes: tuple[str, ...] = ()
    refuses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hall:
    """``tables`` for two parties of this hall, and ``lines`` for one that meets somebody in another."""

    key: str
    tables: int
    lines: int = 0


@dataclass(frozen=True)
class Problem:
    """``runs`` is how many slots follow one another without a break, for each part of the meeting; slots are numbered through them.
    ``streak`` 0: no pauses are asked for.

    Raises:
        ValueError: two parties have one key, or one is in a hall that there is not.
    """

    runs: tuple[int, ...]
    halls: tuple[Hall, ...]
    parties: tuple[Party, ...]
    streak: int = 0
    by_key: Mapping[str, Party] = field(init=False, compare=False)
    bits: tuple[int, ...] = field(init=False, compare=False)
    """The bit of each slot; between two runs one is left out, so that neighbouring bits are neighbouring slots."""

    def __post_init__(self) -> None:
        by_key = {party.key: party for party in self.parties}
        if len(by_key) < len(self.parties):
            raise ValueError("two parties have one key")
        if missing := {party.hall for party in self.parties} - {hall.key for hall in self.halls}:
            raise ValueError(f"there is no hall {', '.join(sorted(missing))}")
        object.__setattr__(self, "by_key", by_key)
        bits = [slot + run for run, slots in enumerate(_numbered(self.runs)) for slot in slots]
        object.__setattr__(self, "bits", tuple(bits))

    def wanted(self) -> dict[Pair, tuple[str, ...]]:
        """The pairs that somebody wishes and nobody refuses, with whose wish it is."""
        found: dict[Pair, list[str]] = {}
        for party in self.parties:
            for other in dict.fromkeys(party.wishes):
                if other != party.key and other in self.by_key and not self.refused(party.key, other):
                    found.setdefault(pair(party.key, other), []).append(party.key)
        return {both: tuple(whose) for both, whose in found.items()}

    def refused(self, one: str, other: str) -> bool:
        return other in self.by_key[one].refuses or one in self.by_key[other].refuses

    def rank(self, one: str, other: str) -> int:
        """Which wish of the one the other is; 0 is the first."""
        return self.by_key[one].wishes.index(other)


def pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def faults(problem: Problem, timetable: Mapping[Pair, int]) -> list[str]:
    """What is wrong with a timetable, in sentences; nothing for one that holds."""
    found: list[str] = []
    times: dict[str, list[int]] = {}
    taken: dict[tuple[str, str, int], int] = {}
    for both, slot in timetable.items():
        if any(key not in problem.by_key for key in both):
            found.append(f"{both} are not both there")
            continue
        halls = [problem.by_key[key].hall for key in both]
        if problem.refused(*both):
            found.append(f"{both} do not want to meet")
        for key in both:
            times.setdefault(key, []).append(slot)
            if slot not in problem.by_key[key].there:
                found.append(f"{key} is not there in slot {slot}")
        for use in uses(*halls):
            taken[*use, slot] = taken.get((*use, slot), 0) + 1
    room = room_of(problem)
    found += [f"{use[:2]} has not {number} in slot {use[2]}" for use, number in taken.items() if number > room[use[:2]]]
    for key, slots in times.items():
        if len(set(slots)) < len(slots):
            found.append(f"{key} meets two at one time")
        if not rested(sum({1 << problem.bits[slot] for slot in slots if slot < len(problem.bits)}), problem.streak):
            found.append(f"{key} has no pause")
    return found


def rested(busy: int, streak: int) -> bool:
    """Whether no more than so many bits follow one another."""
    together = busy
    for step in range(1, streak + 1):
        together &= busy >> step
    return not streak or not together


def most(problem: Problem, party: Party) -> int:
    """The meetings that a party can have at most, with its pauses."""
    there = sorted(problem.bits[slot] for slot in party.there)
    count = length = 0
    last = -2
    for bit in there:
        length = length + 1 if bit == last + 1 else 1
        last = bit
        count += not (problem.streak and length % (problem.streak + 1) == 0)
    return count


def met(problem: Problem, timetable: Mapping[Pair, int]) -> dict[str, int]:
    """How many of their own wishes each party gets, of those who have any."""
    count = {party.key: 0 for party in problem.parties if party.wishes}
    for both, whose in problem.wanted().items():
        if both in timetable:
            for key in whose:
                count[key] += 1
    return count


def fairness(problem: Problem, timetable: Mapping[Pair, int]) -> list[int]:
    """How many parties have at least one of their wishes met, at least two, and so on. Greater, as Python compares lists, is fairer;
    the sum is the number of wishes met."""
    counts = met(problem, timetable).values()
    return [sum(count >= least for count in counts) for least in range(1, max(counts, default=0) + 1)]


def _numbered(runs: Iterable[int]) -> list[range]:
    slots, start = [], 0
    for run in runs:
        slots.append(range(start, start + run))
        start += run
    return slots


def uses(one: str, other: str) -> tuple[tuple[str, str], ...]:
    """What a meeting of parties of these halls takes: a table, or a line in each."""
    return ((one, "table"),) if one == other else ((one, "line"), (other, "line"))


def room_of(problem: Problem) -> dict[tuple[str, str], int]:
    tables = {(hall.key, "table"): hall.tables for hall in problem.halls}
    return tables | {(hall.key, "line"): hall.lines for hall in problem.halls}
