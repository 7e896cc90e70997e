"""A form of planning: fields that are declared, shown with what is kept or typed, and read with a sentence for whatever is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from cityplus.events.planning.clocks import moment, typed, zone_of
from cityplus.languages.tags import LanguageError
from cityplus.languages.text import Text
from cityplus.languages.writing import Words, field, written
from cityplus.lib import signs

LARGEST = 1_000_000
STORY = 20_000
"""Letters of one version of a long text."""


@dataclass(frozen=True)
class Spec:
    """One field. ``kind`` is words, story, line, lines, zone, link, number, moment, choice, many or check; ``choices`` are pairs of
    value and label, of a choice or of many; ``most`` bounds letters and numbers."""

    name: str
    kind: str
    label: Any
    hint: Any = ""
    choices: Sequence[tuple[str, Any]] = ()
    required: bool = False
    most: int = 300


@dataclass(frozen=True)
class Shown:
    """A field as the page shows it."""

    spec: Spec
    value: Any
    error: str = ""
    words: Words | None = None

    @property
    def described(self) -> str:
        hint = f"{self.spec.name}-hint" if self.spec.hint else ""
        return f"{hint} {self.spec.name}-wrong".strip() if self.error else hint


class Sheet:
    """Fields with what is kept (``values``), or was typed where ``data`` is given. Texts are asked for in ``tags``, moments are those of
    the clock of ``zone``; ``errors`` are sentences by field."""

    def __init__(
        self,
        specs: Sequence[Spec],
        values: Mapping[str, Any],
        *,
        tags: Sequence[str],
        zone: str,
        data: QueryDict | None = None,
    ) -> None:
        self.specs, self.values, self.tags, self.zone, self.data = specs, values, tags, zone, data
        self.errors: dict[str, str] = {}

    def fields(self) -> list[Shown]:
        return [self._shown(spec) for spec in self.specs]

    def _shown(self, spec: Spec) -> Shown:
        kept, error = self.values.get(spec.name), self.errors.get(spec.name, "")
        if spec.kind in {"words", "story"}:
            long = spec.kind == "story"
            words = field(
                spec.name, spec.label, kept or Text(), self.tags, self.data, lines=long, hint=spec.hint, error=error
            )
            return Shown(spec, None, error, words)
        if self.data is not None:
            many = spec.kind == "many"
            return Shown(spec, self.data.getlist(spec.name) if many else self.data.get(spec.name, ""), error)
        if spec.kind == "moment":
            return Shown(spec, typed(kept, self.zone), error)
        if spec.kind == "many":
            return Shown(spec, [str(one) for one in kept or ()], error)
        return Shown(spec, "" if kept is None or kept is False else "yes" if kept is True else str(kept), error)

    def read(self, by: str) -> dict[str, Any] | None:
        """What was typed, by field; None where something is wrong, and ``errors`` say what."""
        found: dict[str, Any] = {}
        for spec in self.specs:
            try:
                found[spec.name] = self._read(spec, by)
            except (ValueError, LanguageError) as problem:
                self.errors[spec.name] = str(problem)
        return None if self.errors else found

    def _read(self, spec: Spec, by: str) -> Any:
        data = self.data if self.data is not None else QueryDict()
        if spec.kind in {"words", "story"}:
            most = STORY if spec.kind == "story" else spec.most
            line = spec.kind == "words"
            text = written(spec.name, data, self.values.get(spec.name) or Text(), self.tags, by, most=most, line=line)
            if spec.required and not text:
                raise ValueError(_("Write it in one language at least."))
            return text
        if spec.kind == "check":
            return bool(data.get(spec.name))
        if spec.kind == "many":
            known = {value for value, _label in spec.choices}
            return [value for value in dict.fromkeys(data.getlist(spec.name)) if value in known]
        said = (signs.lines if spec.kind == "lines" else str.strip)(data.get(spec.name, ""))
        if not said and spec.required:
            raise ValueError(_("This is needed."))
        return _READ[spec.kind](said, spec, self.zone)


def _line(said: str, spec: Spec, _zone: str) -> str:
    said = said if spec.kind == "lines" else signs.line(said)
    if len(said) > spec.most:
        raise ValueError(_("The text is too long: at most %(most)s characters.") % {"most": spec.most})
    return said


def _link(said: str, spec: Spec, zone: str) -> str:
    if said and not signs.is_page(said):
        raise ValueError(_("Give an address that begins with https://."))
    return _line(said, spec, zone)


def _number(said: str, spec: Spec, _zone: str) -> int:
    most = spec.most if spec.most != Spec.most else LARGEST
    if not said:
        return 0
    if said.isascii() and said.isdecimal() and len(said) < 9 and int(said) <= most:
        return int(said)
    raise ValueError(_("Give a whole number from %(least)s to %(most)s.") % {"least": 0, "most": most})


def _choice(said: str, spec: Spec, _zone: str) -> str:
    if said not in {value for value, _label in spec.choices}:
        raise ValueError(_("Choose one of these."))
    return said


_READ: dict[str, Callable[[str, Spec, str], Any]] = {
    "line": _line,
    "lines": _line,
    "link": _link,
    "number": _number,
    "choice": _choice,
    "zone": lambda said, _spec, _zone: zone_of(said) if said else "",
    "moment": lambda said, _spec, zone: moment(said, zone) if said else None,
}
