"""Brings the catalogs of the interface up to date with the words in code and templates: ``python tools/catalogs.py``.

Catalogs live in ``src/cityplus/languages/locale/<code>/LC_MESSAGES/django.po``; what is new stands there untranslated, what is gone is
removed. Compiling is done by ``tools/frontend.py``. A test keeps every catalog complete.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "cityplus"
LOCALE = PACKAGE / "languages" / "locale"
CODES = {"zh-hans": "zh_Hans", "ar": "ar", "ja": "ja", "fr": "fr", "bg": "bg", "nl": "nl"}
"""Django's language codes and the folders of their catalogs; English is in the code itself."""

KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip


class Message(NamedTuple):
    """What is looked up in a catalog: the words, their plural where they have one, and a context for words that mean two things."""

    words: str
    plural: str = ""
    context: str = ""

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.words, self.plural) if self.plural else self.words


_TAG = re.compile(r"{%\s*(.*?)\s*%}", re.DOTALL)
_QUOTED = r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"""
_TRANSLATE = re.compile(rf"^translate\s+{_QUOTED}(?:.*\scontext\s+{_QUOTED})?", re.DOTALL)
_IN_PASSING = re.compile(rf"_\({_QUOTED}\)")
"""A word inside a tag or a variable, such as ``{{ name|default:_("nobody") }}``."""
_VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")


def extract() -> dict[Message, list[tuple[str, int]]]:
    """Every message of the package with the places where it stands, as (path, line)."""
    found: dict[Message, list[tuple[str, int]]] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if "tests" in path.parts or path.suffix not in {".py", ".html"}:
            continue
        messages = _from_python(path) if path.suffix == ".py" else _from_template(path.read_text(encoding="utf-8"))
        for line, message in messages:
            found.setdefault(message, []).append((path.relative_to(ROOT).as_posix(), line))
    return found


def _from_python(path: Path) -> Iterator[tuple[int, Message]]:
    for line, message, _, context in extract_from_file("python", path, keywords=KEYWORDS):
        words, plural = message if isinstance(message, tuple) else (message, "")
        yield line, Message(words, plural, context or "")


def _from_template(text: str) -> Iterator[tuple[int, Message]]:
    for match in _IN_PASSING.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, Message(match[1] or match[2])
    start, plural = None, None
    for match in _TAG.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        tag = match[1]
        if simple := _TRANSLATE.match(tag):
            yield line, Message(simple[1] or simple[2], context=simple[3] or simple[4] or "")
        elif tag.startswith("blocktranslate"):
            start, plural = match.end(), None
        elif tag == "plural" and start is not None:
            plural = (text[start : match.start()], match.end())
        elif tag == "endblocktranslate" and start is not None:
            if plural:
                yield line, Message(_block(plural[0]), _block(text[plural[1] : match.start()]))
            else:
                yield line, Message(_block(text[start : match.start()]))
            start = None


def _block(text: str) -> str:
    """A block as Django looks it up: per cent signs doubled, variables as ``%(name)s``."""
    return _VARIABLE.sub(r"%(\1)s", text.replace("%", "%%"))


def catalog_path(folder: str) -> Path:
    return LOCALE / folder / "LC_MESSAGES" / "django.po"


def load(folder: str) -> Catalog:
    path = catalog_path(folder)
    if not path.exists():
        return Catalog(locale=folder, project="CityPlus", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=folder)


def missing(catalog: Catalog, messages: dict[Message, list[tuple[str, int]]]) -> list[Message]:
    """The messages that a catalog does not translate, or marks as fuzzy."""
    lost = []
    for message in messages:
        entry = catalog.get(message.words, message.context or None)
        words = () if entry is None else entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
        if entry is None or entry.fuzzy or not words or not all(words):
            lost.append(message)
    return lost


def update(folder: str, messages: dict[Message, list[tuple[str, int]]]) -> list[Message]:
    """Rewrite one catalog with exactly these messages, keeping its translations; returns what is untranslated."""
    old, new = load(folder), Catalog(locale=folder, project="CityPlus", version="1", charset="utf-8", fuzzy=False)
    new.header_comment = "# The interface of CityPlus. AGPL-3.0-or-later, as the program."
    for message, places in messages.items():
        known = old.get(message.words, message.context or None)
        new.add(
            message.id,
            known.string if known else None,
            locations=[(path, 0) for path, _ in places[:1]],
            context=message.context or None,
        )
    path = catalog_path(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, new, width=0, include_lineno=False, sort_output=True, omit_header=False)
    # Heads that change with every run would make every change of a catalog a conflict.
    heads = rb'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Report-Msgid-Bugs-To)[^\n]*\n'
    text = re.sub(heads, b"", buffer.getvalue())
    path.write_bytes(text)
    return missing(load(folder), messages)


def main() -> int:
    messages = extract()
    lost = {folder: update(folder, messages) for folder in CODES.values()}
    for folder, gaps in lost.items():
        print(f"{folder}: {len(messages) - len(gaps)} of {len(messages)}")
        for gap in gaps[:5]:
            print(f"    untranslated: {gap!r}")
    return 1 if any(lost.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
