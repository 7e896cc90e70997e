"""A timetable while it is made: meetings are put, taken and moved, and every step can be undone."""

from __future__ import annotations

import math
from collections.abc import Iterator

from cityplus.lib.slots.problem import Pair, Problem, most, pair, rested, room_of, uses

NOWHERE = -1


class Board:
    """Slots are held as the bits of integers, so that one ``&`` asks all of them at once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.wanted = problem.wanted()
        self.where: dict[Pair, int] = {}
        """The bit of each meeting."""
        self.busy = dict.fromkeys(problem.by_key, 0)
        self.there = {party.key: sum(1 << problem.bits[slot] for slot in party.there) for party in problem.parties}
        self.hall = {party.key: party.hall for party in problem.parties}
        self.met = dict.fromkeys(problem.by_key, 0)
        self.fair = [0] * (1 + max((len(party.wishes) for party in problem.parties), default=0))
        """How many parties have at least so many wishes met; the first counts nothing."""
        self.later = 0
        """The ranks of all wishes met, together: the less, the more of them are first ones."""
        self.steps: list[tuple[Pair, int]] = []
        """The meetings that were changed, and where they had been."""
        self._meets: dict[str, dict[int, Pair]] = {key: {} for key in problem.by_key}
        self._room = room_of(problem)
        self._taken: dict[tuple[str, str], dict[int, int]] = {use: {} for use in self._room}
        self._full = {use: 0 if room else -1 for use, room in self._room.items()}
        self._in_slot: dict[int, dict[Pair, None]] = {bit: {} for bit in problem.bits}
        self._most = {party.key: most(problem, party) for party in problem.parties}
        self._always = sum(1 << bit for bit in problem.bits)
        self._ranks = {
            both: sum(problem.rank(key, _other(both, key)) for key in whose) for both, whose in self.wanted.items()
        }

    @property
    def quality(self) -> tuple[list[int], int]:
        """Greater is better."""
        return self.fair[1:], -self.later

    def timetable(self) -> dict[Pair, int]:
        slot_of = {bit: slot for slot, bit in enumerate(self.problem.bits)}
        return {both: slot_of[self.where[both]] for both in sorted(self.where)}

    def both_there(self, both: Pair) -> int:
        return self.there[both[0]] & self.there[both[1]]

    def open(self, both: Pair) -> Iterator[int]:
        """The slots in which the two could meet as things are."""
        mask = self.both_there(both) & ~self.busy[both[0]] & ~self.busy[both[1]]
        for use in self._uses(both):
            mask &= ~self._full[use]
        for bit in bits_of(mask):
            if all(rested(self.busy[key] | 1 << bit, self.problem.streak) for key in both):
                yield bit

    def hopeless(self, both: Pair) -> bool:
        """Whether no moving of others could help: one of the two has all the meetings they can have, or the hall has."""
        if any(self.busy[key].bit_count() >= self._most[key] for key in both):
            return True
        return any(self._always & ~self._full[use] == 0 for use in self._uses(both))

    def in_the_way(self, both: Pair, bit: int) -> list[Pair] | None:
        """The meetings that must go for the two to meet in this slot; none if it cannot be done by that."""
        blockers = dict.fromkeys(self._meets[key][bit] for key in both if bit in self._meets[key])
        for use in self._uses(both):
            if self._full[use] >> bit & 1 and not any(use in self._uses(blocker) for blocker in blockers):
                if not self._room[use]:
                    return None
                blockers[next(meeting for meeting in self._in_slot[bit] if use in self._uses(meeting))] = None
        return list(blockers)

    def rivals(self, both: Pair) -> dict[Pair, None]:
        """The meetings of which one may have to go for the two to meet: their own, and those that fill a slot in which both are free."""
        found = dict.fromkeys(meeting for key in both for meeting in self._meets[key].values())
        free = self.both_there(both) & ~self.busy[both[0]] & ~self.busy[both[1]]
        for use in self._uses(both):
            for bit in bits_of(free & self._full[use]):
                found.update(dict.fromkeys(one for one in self._in_slot[bit] if use in self._uses(one)))
        return found

    def is_fairer(self, come: Pair, gone: Pair) -> bool:
        """Whether one meeting in place of another is fairer, wherever it is: what is lost counts less, the more its party has."""
        lost = sorted(self.met[key] for key in self.wanted.get(gone, ()))
        won = sorted(self.met[key] + (key not in gone or key not in self.wanted[gone]) for key in self.wanted[come])
        return [*won, math.inf] < [*lost, math.inf]

    def put(self, both: Pair, bit: int) -> None:
        self.steps.append((both, NOWHERE))
        self._set(both, bit)

    def take(self, both: Pair) -> None:
        self.steps.append((both, self.where[both]))
        self._unset(both)

    def undo(self, mark: int) -> None:
        """Back to where it was when there had been so many steps."""
        while len(self.steps) > mark:
            both, bit = self.steps.pop()
            if bit == NOWHERE:
                self._unset(both)
            else:
                self._set(both, bit)

    def rests(self, both: Pair) -> bool:
        return all(rested(self.busy[key], self.problem.streak) for key in both)

    def _uses(self, both: Pair) -> tuple[tuple[str, str], ...]:
        return uses(self.hall[both[0]], self.hall[both[1]])

    def _set(self, both: Pair, bit: int) -> None:
        self.where[both] = bit
        self._in_slot[bit][both] = None
        for key in both:
            self.busy[key] |= 1 << bit
            self._meets[key][bit] = both
        for use in self._uses(both):
            taken = self._taken[use][bit] = self._taken[use].get(bit, 0) + 1
            if taken >= self._room[use]:
                self._full[use] |= 1 << bit
        for key in self.wanted.get(both, ()):
            self.met[key] += 1
            self.fair[self.met[key]] += 1
        self.later += self._ranks.get(both, 0)

    def _unset(self, both: Pair) -> None:
        bit = self.where.pop(both)
        del self._in_slot[bit][both]
        for key in both:
            self.busy[key] &= ~(1 << bit)
            del self._meets[key][bit]
        for use in self._uses(both):
            self._taken[use][bit] -= 1
            if self._taken[use][bit] < self._room[use]:
                self._full[use] &= ~(1 << bit)
        for key in self.wanted.get(both, ()):
            self.fair[self.met[key]] -= 1
            self.met[key] -= 1
        self.later -= self._ranks.get(both, 0)

    def unmet(self, key: str) -> Iterator[Pair]:
        """The pairs of a party that would meet and do not: its own wishes in their order."""
        for other in self.problem.by_key[key].wishes:
            both = pair(key, other)
            if both in self.wanted and both not in self.where:
                yield both


def bits_of(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _other(both: Pair, key: str) -> str:
    return both[1] if both[0] == key else both[0]
