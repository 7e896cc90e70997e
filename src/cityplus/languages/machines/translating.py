"""From texts to what a machine says for them: kept answers first, then the machine, in batches, with what is guarded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Protocol

from django.conf import settings

from cityplus.languages.machines import guarding
from cityplus.languages.machines.deepl import DeepL
from cityplus.languages.machines.errors import GlossaryGone, MachineError
from cityplus.languages.machines.guarding import Found, Line
from cityplus.languages.machines.libretranslate import LibreTranslate
from cityplus.languages.models import KeptAnswer, KeptGlossary

Entries = Sequence[tuple[str, str]]
"""Agreed words, and what is said for them."""
Key = tuple[str, str]
"""The digests of a text, and of the agreed words that are in it."""


class Agreed(Protocol):
    """What a team has agreed on between two languages."""

    @property
    def entries(self) -> Entries:
        """All of it."""
        ...

    def named(self, text: str) -> Entries:
        """What of it a text has."""
        ...

    def find(self, line: str) -> Iterable[Found]:
        """Where a line has it, letter for letter, and what is said for it."""
        ...


MOST_GLOSSARIES = 20
"""That a service keeps for us; the oldest go."""


class Machine(Protocol):
    """A service that translates, by one protocol."""

    name: str
    most_texts: int
    most_characters: int

    def translate(self, texts: Sequence[str], source: str, target: str, glossary: str = "") -> list[str]: ...
    def keep_glossary(self, source: str, target: str, entries: Entries) -> str: ...
    def drop_glossary(self, identifier: str) -> None: ...


def configured() -> DeepL | LibreTranslate | None:
    """The machine that the operator has named, or None."""
    env = settings.CITYPLUS
    if env.translator == "deepl":
        return DeepL(env.translator_url, env.translator_key)
    if env.translator == "libretranslate":
        return LibreTranslate(env.translator_url, env.translator_key)
    return None


def translate(
    machine: DeepL | LibreTranslate, texts: Sequence[str], source: str, target: str, agreed: Agreed | None = None
) -> list[str]:
    """What the machine says for these texts, in their order; what it said before for the same it is not asked again.

    Raises:
        Busy: later, perhaps. What was answered till then is kept.
        MachineError: it does not translate.
    """
    keys = [_key(text, agreed) for text in texts]
    kept = _kept(machine.name, source, target, keys)
    words = dict(zip(keys, texts, strict=True))
    wanted = [key for key in words if key not in kept]
    glossary = ""
    if agreed and any(named for _, named in wanted):
        glossary = _glossary(machine, source, target, agreed.entries)
    work = _Work(machine, source, target, glossary, agreed)
    for key in wanted:
        try:
            said = work.whole(words[key])
        except GlossaryGone:
            KeptGlossary.objects.filter(machine=machine.name, identifier=glossary).update(identifier="")
            work = _Work(machine, source, target, "", agreed)
            said = work.whole(words[key])
        kept[key] = said
        _keep(machine.name, source, target, key, said)
    return [kept[key] for key in keys]


class _Work:
    """Asking a machine between two languages, with the name of a glossary that it keeps, else with agreed words guarded."""

    def __init__(
        self, machine: DeepL | LibreTranslate, source: str, target: str, glossary: str, agreed: Agreed | None
    ) -> None:
        self.machine, self.source, self.target, self.glossary = machine, source, target, glossary
        self.guards = None if glossary else agreed

    def whole(self, text: str) -> str:
        """A text with its line breaks."""
        bare = [guarding.edges(line) for line in text.split("\n")]
        lines = [guarding.line_of(line, self.guards.find(line) if self.guards else ()) for _, line, _ in bare]
        asking = [index for index, line in enumerate(lines) if line.asks]
        machine = self.machine
        answers = self._asked([lines[index].signed(machine.signed, machine.escape) for index in asking])
        said = ["".join(line.assembled(line.words)) for line in lines]
        for index, answer in zip(asking, answers, strict=True):
            restored = lines[index].restored(answer, machine.sign, machine.unescape)
            said[index] = self._piecewise(lines[index]) if restored is None else restored.strip()
        return "\n".join(f"{before}{line}{after}" for (before, _, after), line in zip(bare, said, strict=True))

    def _piecewise(self, line: Line) -> str:
        """A line whose signs the machine lost: its words one by one, with their spaces."""
        bare = [guarding.edges(words) for words in line.words]
        asking = [index for index, (_, words, _) in enumerate(bare) if guarding.line_of(words).asks]
        machine = self.machine
        answers = self._asked([machine.escape(bare[index][1]) for index in asking])
        said = [words for _, words, _ in bare]
        for index, answer in zip(asking, answers, strict=True):
            said[index] = machine.unescape(machine.sign.sub("", answer)).strip()
        parts = [f"{before}{words}{after}" for (before, _, after), words in zip(bare, said, strict=True)]
        return line.assembled(parts)

    def _asked(self, texts: Sequence[str]) -> list[str]:
        answers: list[str] = []
        batch: list[str] = []
        for text in texts:
            full = len(batch) == self.machine.most_texts
            if batch and (full or sum(map(len, batch)) + len(text) > self.machine.most_characters):
                answers += self.machine.translate(batch, self.source, self.target, self.glossary)
                batch = []
            batch.append(text)
        return answers + (self.machine.translate(batch, self.source, self.target, self.glossary) if batch else [])


def _key(text: str, agreed: Agreed | None) -> Key:
    named = sorted(agreed.named(text)) if agreed else []
    return _digest(text), _digest(named) if named else ""


def _kept(machine: str, source: str, target: str, keys: Sequence[Key]) -> dict[Key, str]:
    rows = KeptAnswer.objects.filter(machine=machine, source=source, target=target, text__in={text for text, _ in keys})
    found = {(row.text, row.glossary): row.words for row in rows}
    return {key: found[key] for key in keys if key in found}


def _keep(machine: str, source: str, target: str, key: Key, words: str) -> None:
    text, glossary = key
    KeptAnswer.objects.get_or_create(
        machine=machine, source=source, target=target, glossary=glossary, text=text, defaults={"words": words}
    )


def _glossary(machine: Machine, source: str, target: str, entries: Entries) -> str:
    """The name under which the service keeps this glossary; empty where it keeps none, and agreed words are guarded instead."""
    digest = _digest(sorted(entries))
    held = KeptGlossary.objects.filter(machine=machine.name, source=source, target=target, digest=digest).first()
    if held:
        return held.identifier
    identifier = machine.keep_glossary(source, target, entries)
    KeptGlossary.objects.get_or_create(
        machine=machine.name, source=source, target=target, digest=digest, defaults={"identifier": identifier}
    )
    _sweep(machine)
    return identifier


def _sweep(machine: Machine) -> None:
    held = KeptGlossary.objects.filter(machine=machine.name).order_by("-id")
    for old in held[MOST_GLOSSARIES:]:
        try:
            if old.identifier:
                machine.drop_glossary(old.identifier)
        except MachineError:
            continue  # the next sweep tries again
        old.delete()


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()
