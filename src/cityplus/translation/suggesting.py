"""What a machine proposes for rows, in the words that the city has agreed on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cityplus.cities.models import City
from cityplus.drafts import Edit
from cityplus.languages import machines
from cityplus.languages.machines.guarding import Found
from cityplus.translation.glossary import Pair, named, spans
from cityplus.translation.models import Term
from cityplus.translation.rows import Row


class CityWords:
    """The agreed words of a city between two languages, as machines ask for them."""

    def __init__(self, pairs: Sequence[Pair], source: str) -> None:
        self.source = source
        self.pairs = list({pair.here: pair for pair in pairs}.values())  # one word for each: a machine cannot choose

    @property
    def entries(self) -> list[tuple[str, str]]:
        return [(pair.here, pair.there) for pair in self.pairs]

    def named(self, text: str) -> list[tuple[str, str]]:
        return [(pair.here, pair.there) for pair in named(text, self.source, self.pairs)]

    def find(self, line: str) -> Iterable[Found]:
        return [(start, end, pair.there) for start, end, pair in spans(line, self.pairs, self.source)]


def propose(city: City, rows: Sequence[Row]) -> list[str]:
    """What the configured machine says for these rows, in their order.

    Raises:
        Busy, MachineError: it does not.
        LookupError: there is none.
    """
    machine = machines.configured()
    if machine is None:
        raise LookupError("no machine is configured")
    said: dict[str, str] = {}
    terms = list(Term.objects.of(city))
    for source, target in dict.fromkeys((row.source, row.language) for row in rows):
        ours = [row for row in rows if (row.source, row.language) == (source, target)]
        agreed = CityWords(Term.between(terms, source, target), source)
        answers = machines.translate(machine, [row.original.text for row in ours], source, target, agreed)
        said |= {row.path: answer for row, answer in zip(ours, answers, strict=True)}
    return [said[row.path] for row in rows]


def as_edit(row: Row, words: str) -> Edit:
    """What a machine said, as an edit that says so."""
    return Edit(row.path, row.mark, {"text": words[: row.leaf.most], "state": "machine"})
