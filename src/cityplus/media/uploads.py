"""From a stranger's file to a medium: streamed to a workbench, looked into, kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from cityplus.actors.models import Actor
from cityplus.languages.tags import LanguageError
from cityplus.languages.text import Text, Version
from cityplus.media import multipart, quota, store
from cityplus.media.bounds import Bounds
from cityplus.media.errors import Malformed, MediumError
from cityplus.media.models import Medium
from cityplus.media.probe import Facts, probe

WORDS = ("alt", "title", "transcript")
LONGEST = 5_000
"""Characters of one version of a text, but for transcripts, which may have ten times as many."""
_WORD = re.compile(r"(alt|title|transcript)\[([A-Za-z0-9-]{2,20})\]")
_LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{1,39}")
_NEEDS = {"picture": ("alt", "says what one sees"), "film": ("title", "names it"), "sound": ("title", "names it")}


def receive(owner: Actor, source: IO[bytes], form: Mapping[str, str], *, by: str) -> Medium:
    """Make a medium of a stream and its words; the stream is read in pieces, and no further than the bounds.

    ``form`` has ``credit``, ``licence`` (an SPDX identifier), ``original`` (a language) and words as ``alt[nl]``.

    Raises:
        MediumError: the file is not taken, or its words are incomplete; nothing was written.
    """
    with store.workbench() as bench:
        path = bench / "file"
        multipart.copy(source, path, Bounds.now().largest)
        return accept(owner, path, form, by=by)


def accept(owner: Actor, path: Path, form: Mapping[str, str], *, by: str) -> Medium:
    """Make a medium of a file on a workbench, as :func:`receive` does of a stream.

    Raises:
        MediumError: as there.
    """
    words = words_of(form)
    credit, licence = form.get("credit", "").strip(), form.get("licence", "").strip()
    if not 0 < len(credit) <= 200:
        raise Malformed("Say whom to thank for it, in the field “credit”: at most 200 characters.")
    if not _LICENCE.fullmatch(licence):
        raise Malformed("Say its licence, in the field “licence”: an SPDX identifier such as CC-BY-4.0.")
    try:
        facts = probe(path, by_stranger=True)
    except MediumError as error:
        raise type(error)(str(error).replace(f"{path.name}: ", "The file was not taken: ", 1)) from None
    _check_words(facts, words)
    quota.check(owner, path.stat().st_size)
    return Medium.add(owner, path, "", credit=credit, licence=licence, by=by, facts=facts, **words)


def words_of(form: Mapping[str, str]) -> dict[str, Text]:
    """The texts of a form: those of its ``original`` language are the author's, and so are the others, for a person sent them.

    Raises:
        Malformed: a language is none, or a text is too long.
    """
    versions: dict[str, dict[str, Version]] = {}
    for name, text in form.items():
        found = _WORD.fullmatch(name)
        if not found or not text.strip():
            continue
        most = LONGEST * (10 if found[1] == "transcript" else 1)
        if len(text) > most:
            raise Malformed(f"“{name}” is too long: at most {most} characters.")
        versions.setdefault(found[1], {})[found[2]] = Version(text.strip())
    try:
        return {name: Text(form.get("original", ""), those) for name, those in versions.items()}
    except LanguageError as error:
        raise Malformed(f"The words cannot be understood: {error}.") from None


def _check_words(facts: Facts, words: dict[str, Text]) -> None:
    name, purpose = _NEEDS[facts.kind]
    if not words.get(name):
        raise Malformed(f"A {facts.kind} needs a text that {purpose}: “{name}[…]” in its original language.")
