"""The timetable of a meeting in two halls: 300 organisations with 2,000 wishes, against what no timetable can exceed.

The bound is exact optima, by HiGHS, of the problem without its single slots: which meetings, and in which part of the day, so that nobody
has more than they can with their pauses and no hall more than its tables and lines. Whoever finds slots as well has less to choose from.
One optimum is of the number of wishes met, whoever has them; the other is as fair as ours wants to be: first as many parties as can be
with one wish met, of those as many as can be with two, and so on. Wishes are skewed, as they are: a few are wanted by many.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from typing import Any

import highspy

from cityplus.lib.slots import Hall, Pair, Party, Problem, fairness, faults, repair, solve
from cityplus.lib.slots.problem import rested, uses

PARTIES, WISHES, RUNS, STREAK = 300, 2_000, (9, 9), 4


def main() -> None:
    for title, tables, lines in (("with room", 60, 60), ("scarce", 40, 30)):
        problem = meeting(tables, lines)
        began = time.process_time()
        found = solve(problem)
        seconds = time.process_time() - began
        assert not faults(problem, found)
        ours, (most, fairest) = fairness(problem, found), _bounds(problem)
        print(
            f"{title}: {PARTIES} parties, {WISHES} wishes, {sum(RUNS)} slots, {tables} tables and {lines} lines in each hall"
        )
        print(f"  {len(found)} meetings in {seconds:.1f} s of CPU; {sum(ours)} wishes met")
        print(
            f"  bound of the number {most}: {sum(ours) / most:.1%}; bound of the fair {sum(fairest)}: {sum(ours) / sum(fairest):.1%}"
        )
        print(f"  parties with at least 1, 2, 3… met: ours {ours}\n{' ' * 32}fair bound {fairest}")
        _cancelled(problem, found)


def _cancelled(problem: Problem, found: dict[Pair, int]) -> None:
    """Ten parties leave: what changes for those who stay."""
    gone = {party.key for party in problem.parties[:10]}
    left = Problem(RUNS, problem.halls, tuple(p for p in problem.parties if p.key not in gone), STREAK)
    began = time.process_time()
    after = repair(left, found)
    seconds = time.process_time() - began
    assert not faults(left, after)
    stay = {both: slot for both, slot in found.items() if gone.isdisjoint(both)}
    moved = sum(after.get(both) != slot for both, slot in stay.items())
    print(f"  ten cancel: {len(found) - len(stay)} meetings end with them, {moved} others change, "
          f"{len(after) - len(stay)} are new, in {seconds:.2f} s of CPU")  # fmt: skip


def meeting(tables: int, lines: int, seed: int = 1) -> Problem:
    dice = random.Random(seed)  # noqa: S311
    keys = [f"o{number:03}" for number in range(PARTIES)]
    wanted = [1 / (number + 5) for number in range(PARTIES)]
    dice.shuffle(wanted)
    wishes: dict[str, dict[str, None]] = {key: {} for key in keys}
    while sum(map(len, wishes.values())) < WISHES:
        key, other = dice.choice(keys), dice.choices(keys, wanted)[0]
        if other != key and len(wishes[key]) < 12:
            wishes[key][other] = None
    whole, morning = range(sum(RUNS)), range(RUNS[0])
    parties = []
    for number, key in enumerate(keys):
        there = dice.choices([whole, morning, range(RUNS[0], sum(RUNS))], [6, 2, 2])[0]
        refuses = frozenset(dice.sample(keys, 1)) if dice.random() < 0.1 else frozenset()
        parties.append(Party(key, "ab"[number % 2], frozenset(there), tuple(wishes[key]), refuses))
    return Problem(RUNS, (Hall("a", tables, lines), Hall("b", tables, lines)), tuple(parties), STREAK)


def _bounds(problem: Problem) -> tuple[int, list[int]]:
    """The most wishes that could be met, and the fairest way."""
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    solver.setOptionValue("mip_rel_gap", 0)
    wanted = problem.wanted()
    rows: dict[tuple[str, ...], list[highspy.highs_var]] = defaultdict(list)
    mine: dict[str, list[highspy.highs_var]] = defaultdict(list)
    limits: dict[tuple[str, ...], int] = {}
    halls = {hall.key: {"table": hall.tables, "line": hall.lines} for hall in problem.halls}
    start, parts = 0, []
    for run in problem.runs:
        parts.append(frozenset(range(start, start + run)))
        start += run
    for (one, other), whose in wanted.items():
        once = []
        for number, part in enumerate(parts):
            use = solver.addBinary()
            once.append(use)
            for key in (one, other):
                rows["party", key, str(number)].append(use)
                limits["party", key, str(number)] = _at_most(problem, problem.by_key[key].there & part)
                if key in whose:
                    mine[key].append(use)
            for hall, kind in uses(problem.by_key[one].hall, problem.by_key[other].hall):
                rows[hall, kind, str(number)].append(use)
                limits[hall, kind, str(number)] = halls[hall][kind] * len(part)
        solver.addConstr(sum(once) <= 1)
    for name, row in rows.items():
        solver.addConstr(sum(row) <= limits[name])
    solver.maximize(sum(use for uses_ in mine.values() for use in uses_))
    number = round(solver.getObjectiveValue())
    levels = max(len(party.wishes) for party in problem.parties)
    reached = {key: [solver.addVariable(0, 1) for _ in range(levels)] for key in mine}
    for key, steps in reached.items():
        solver.addConstr(sum(steps) <= sum(mine[key]))
    fairest = []
    for level in range(levels):
        so_far = sum(steps[level] for steps in reached.values())
        solver.maximize(so_far)
        fairest.append(round(solver.getObjectiveValue()))
        solver.addConstr(so_far >= fairest[-1] - 1e-6)
        if not fairest[-1]:
            break
    return number, [n for n in fairest if n]


def _at_most(problem: Problem, slots: frozenset[int]) -> int:
    busy = count = 0
    for bit in sorted(problem.bits[slot] for slot in slots):
        if rested(busy | 1 << bit, problem.streak):
            busy, count = busy | 1 << bit, count + 1
    return count


if __name__ == "__main__":
    main()
