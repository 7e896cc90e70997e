"""Making a timetable: in rounds, then by exchanges."""

from __future__ import annotations

import heapq
from collections.abc import Callable

from cityplus.lib.slots.board import Board, bits_of
from cityplus.lib.slots.problem import Pair, Problem

DEPTH = 3
"""How long a chain of meetings may be that move for one."""
TRIES = 60
"""How many moves are tried for one meeting."""
PASSES = 8
"""How often all that is not met is looked at again."""


def solve(problem: Problem, tell: Callable[[int], None] = lambda percent: None) -> dict[Pair, int]:
    """The slot of each meeting. What must hold holds; how near to the best it is, ``bench slots`` says. ``tell`` hears how far it
    has come, in percent."""
    board = Board(problem)
    in_rounds(board, DEPTH)
    for number in range(PASSES):
        tell(20 + 80 * number // PASSES)
        if not _better(board):
            break
    while sum(_swap(board, both) for both in _waiting(board)):
        pass
    return board.timetable()


def in_rounds(board: Board, depth: int) -> None:
    """Meet wishes, always the next one of whoever has the fewest met. ``depth`` 0 moves nothing that is there already."""
    turn = [(board.met[key], 0, key) for key, party in board.problem.by_key.items() if party.wishes]
    heapq.heapify(turn)
    left = {key: list(board.unmet(key)) for _, _, key in turn}
    while turn:
        had, asked, key = heapq.heappop(turn)
        if had < board.met[key]:
            heapq.heappush(turn, (board.met[key], asked, key))
            continue
        if asked == len(left[key]):
            continue
        both = left[key][asked]
        if both not in board.where:
            place(board, both, depth, _Purse(TRIES))
        heapq.heappush(turn, (board.met[key], asked + 1, key))


def place(board: Board, both: Pair, depth: int, purse: _Purse, held: frozenset[Pair] = frozenset()) -> bool:
    """Find a slot for a meeting, if need be by moving others, which are ``depth`` at most one after another; none of them ends."""
    for bit in board.open(both):
        board.put(both, bit)
        return True
    if not depth or board.hopeless(both):
        return False
    held |= {both}
    for bit, blockers in _ways(board, both):
        if not held.isdisjoint(blockers):
            continue
        if not purse.spend():
            return False
        mark = len(board.steps)
        for blocker in blockers:
            board.take(blocker)
        board.put(both, bit)
        if board.rests(both) and all(place(board, blocker, depth - 1, purse, held) for blocker in blockers):
            return True
        board.undo(mark)
    return False


class _Purse:
    """A number of moves that may be tried."""

    def __init__(self, moves: int) -> None:
        self.moves = moves

    def spend(self) -> bool:
        self.moves -= 1
        return self.moves >= 0


def _ways(board: Board, both: Pair) -> list[tuple[int, list[Pair]]]:
    """Slots in which both are there, and what is in the way; those with little in the way first."""

    found = [(bit, board.in_the_way(both, bit)) for bit in bits_of(board.both_there(both))]
    return sorted(((bit, way) for bit, way in found if way), key=lambda way: (len(way[1]), way[0]))


def _better(board: Board) -> bool:
    """Look once at everything that is not met, those with the fewest met first; whether anything could be made better."""
    return sum(_exchange(board, both) for both in _waiting(board) if both not in board.where) > 0


def _waiting(board: Board) -> list[Pair]:
    """All that is not met, those with the fewest met first."""
    waiting = [both for both in board.wanted if both not in board.where]
    return sorted(waiting, key=lambda both: (min(board.met[key] for key in board.wanted[both]), both))


def _swap(board: Board, both: Pair) -> bool:
    """Meet what is not met where there is room, or in place of any one meeting, if that is fairer. When this is so for none any more,
    no single exchange is fairer: the exchanges before look at the one that is first in the way."""
    for rival in (None, *board.rivals(both)):
        if rival and not board.is_fairer(both, rival):
            continue
        mark = len(board.steps)
        if rival:
            board.take(rival)
        for bit in board.open(both):
            board.put(both, bit)
            return True
        board.undo(mark)
    return False


def _exchange(board: Board, both: Pair) -> bool:
    """Meet what is not met in place of something else, if that is fairer, or more, or nearer to first wishes."""
    before = ([*board.quality[0]], board.quality[1])
    mark = len(board.steps)
    for bit, blockers in _ways(board, both):
        for blocker in blockers:
            board.take(blocker)
        board.put(both, bit)
        if board.rests(both):
            purse = _Purse(20)
            for blocker in blockers:
                place(board, blocker, 1, purse)
            _fill(board, blockers, purse)
            if board.quality > before:
                return True
        board.undo(mark)
    return False


def _fill(board: Board, gone: list[Pair], purse: _Purse) -> None:
    """Meet what has become possible for those whose meeting went."""
    for key in sorted({key for both in gone for key in both}):
        for both in list(board.unmet(key)):
            place(board, both, 1, purse)
