"""What in our texts must come back from a machine as it was: line breaks, addresses, names in braces, and agreed words.

A text is cut into lines, which are asked about one by one, so that breaks stay where they are. In a line what must not change is
guarded by a sign that machines leave alone; where a sign is lost all the same, the words between the guarded things are asked
about one by one, and nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Found = tuple[int, int, str]
"""Where something guarded begins and ends in a line, and what stands there afterwards."""
_FIXED = re.compile(r"\]\([^()\s]*\)|https?://[^\s<>()\[\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\{[^{}\s]*\}")
_WORDS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its parts, of which every second one is guarded. ``parts[0]`` and the last are words, and may be empty."""

    words: tuple[str, ...]
    guarded: tuple[str, ...]

    @property
    def asks(self) -> bool:
        """Whether there is anything to translate in it."""
        return any(_WORDS.search(part) for part in self.words)

    def signed(self, sign: Callable[[int], str], escape: Callable[[str], str] = str) -> str:
        """The line for a machine, with signs in the place of what is guarded."""
        parts = [escape(self.words[0])]
        for number, words in enumerate(self.words[1:]):
            parts += [sign(number), escape(words)]
        return "".join(parts)

    def restored(self, answer: str, sign: re.Pattern[str], unescape: Callable[[str], str] = str) -> str | None:
        """A machine's answer with the guarded things in it; None where one is lost or there twice."""
        numbers = [int(number) for number in sign.findall(answer)]
        if sorted(numbers) != list(range(len(self.guarded))):
            return None
        pieces = sign.split(answer)
        return "".join(
            unescape(piece) if index % 2 == 0 else self.guarded[int(piece)] for index, piece in enumerate(pieces)
        )

    def assembled(self, answers: Sequence[str]) -> str:
        """The line from answers to its words one by one."""
        parts = [answers[0]]
        for guarded, words in zip(self.guarded, answers[1:], strict=True):
            parts += [guarded, words]
        return "".join(parts)


def line_of(text: str, agreed: Iterable[Found] = ()) -> Line:
    """A line with its guarded things: what is fixed by its nature, and the agreed words that lie in none of that."""
    fixed: list[Found] = [(match.start(), match.end(), match[0]) for match in _FIXED.finditer(text)]
    for start, end, said in agreed:
        if all(end <= other or start >= until for other, until, _ in fixed):
            fixed.append((start, end, said))
    words: list[str] = []
    guarded: list[str] = []
    at = 0
    for start, end, kept in sorted(fixed):
        words.append(text[at:start])
        guarded.append(kept)
        at = end
    return Line((*words, text[at:]), tuple(guarded))


def edges(text: str) -> tuple[str, str, str]:
    """The spaces before a text, the text, and the spaces after it."""
    bare = text.strip()
    if not bare:
        return text, "", ""
    start = text.index(bare)
    return text[:start], bare, text[start + len(bare) :]
