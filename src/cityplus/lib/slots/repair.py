"""A timetable after something changed: somebody cancelled, comes later, or a table is gone."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping

from cityplus.lib.slots.board import Board
from cityplus.lib.slots.problem import Pair, Problem, room_of, uses
from cityplus.lib.slots.solve import in_rounds

Use = tuple[str, str]


def repair(problem: Problem, timetable: Mapping[Pair, int]) -> dict[Pair, int]:
    """The timetable for a problem that has changed, with the fewest changes: of the meetings of before as many as can stay where they
    are. What is free then is filled, first for those who have the fewest wishes met, and nobody is moved for it.

    That no fewer changes would do is proven where the slots and ``streak`` are those of before: each slot is then for itself.
    """
    kept = {both: slot for both, slot in timetable.items() if _possible(problem, both, slot)}
    board = Board(problem)
    for both in _too_many(problem, kept):
        del kept[both]
    for both in sorted(kept):
        board.put(both, problem.bits[kept[both]])
        if not board.rests(both):
            board.take(both)
    in_rounds(board, 0)
    return board.timetable()


def _possible(problem: Problem, both: Pair, slot: int) -> bool:
    parties = [problem.by_key.get(key) for key in both]
    return all(party and slot in party.there for party in parties) and not problem.refused(*both)


def _too_many(problem: Problem, timetable: Mapping[Pair, int]) -> list[Pair]:
    """The fewest meetings without which every slot has tables and lines enough; of equals those of parties with most met."""
    room = room_of(problem)
    slots: dict[int, list[Pair]] = {}
    for both, slot in timetable.items():
        slots.setdefault(slot, []).append(both)
    found: list[Pair] = []
    board = Board(problem)
    met = Counter(key for both in timetable for key in board.wanted.get(both, ()))
    most = len(timetable)  # what nobody wishes any more goes first
    for meetings in slots.values():
        kinds: dict[tuple[Use, ...], list[Pair]] = {}
        for both in sorted(
            meetings, key=lambda both: (min((met[key] for key in board.wanted.get(both, ())), default=most), both)
        ):
            kinds.setdefault(tuple(sorted(uses(*(problem.by_key[key].hall for key in both)))), []).append(both)
        taken = Counter(use for kind, many in kinds.items() for use in kind for _ in many)
        excess = {use: number - room[use] for use, number in taken.items() if number > room[use]}
        for kind in _fewest(excess, {kind: len(many) for kind, many in kinds.items()}):
            found.append(kinds[kind].pop())
    return found


def _fewest(excess: dict[Use, int], kinds: dict[tuple[Use, ...], int]) -> list[tuple[Use, ...]]:
    """The kinds of which one each must go: breadth first, so that the first way found is a shortest one."""
    names = sorted(excess)
    start = tuple(excess[name] for name in names)
    reached: dict[tuple[int, ...], tuple[tuple[Use, ...], ...]] = {start: ()}
    queue = deque([start])
    while queue:
        state = queue.popleft()
        if not any(state):
            return list(reached[state])
        gone = Counter(reached[state])
        for kind in sorted(kinds):
            after = tuple(max(n - (name in kind), 0) for name, n in zip(names, state, strict=True))
            if after not in reached and gone[kind] < kinds[kind]:
                reached[after] = (*reached[state], kind)
                queue.append(after)
    raise AssertionError("without meetings there is room")
