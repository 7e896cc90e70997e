"""Typing mistakes: which words a mistyped one may have been meant as.

Two words are looked up by the same *keys*: their first seven characters, and these with one left out. Words that differ by
one letter too many, too few, wrong or exchanged with its neighbour share a key; the true distance is then measured.
"""

from __future__ import annotations

HEAD = 7
SHORTEST = 4
"""Shorter words are nearly all one mistake away from another."""
LONG = 8
"""From this length on, two mistakes are forgiven."""


def keys(word: str) -> set[str]:
    """The keys of a word; none for one that is not forgiven."""
    if not forgiven(word):
        return set()
    head = word[:HEAD]
    return {head, *(head[:i] + head[i + 1 :] for i in range(len(head)))}


def forgiven(word: str) -> int:
    """How many mistakes a word may have. In a number every other digit is another number."""
    if len(word) < SHORTEST or any(map(str.isdecimal, word)):
        return 0
    return 1 if len(word) < LONG else 2


def mistakes(one: str, other: str, most: int) -> int:
    """Letters too many, too few, wrong or exchanged with their neighbour between two words; ``most + 1`` when more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, row, before = before, [i], row
        for j, letter_there in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != letter_there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == letter_there:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
