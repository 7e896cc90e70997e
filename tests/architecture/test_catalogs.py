"""All seven languages of the interface are complete, and no translation loses a variable."""

from __future__ import annotations

import ast
import re

import pytest
from tools import catalogs

MESSAGES = catalogs.extract()
VARIABLE = re.compile(r"%\(\w+\)s")


def test_the_extraction_finds_what_code_and_templates_say() -> None:
    words = {message.words for message in MESSAGES}
    assert {"Cities", "On foot", "Stop %(n)s of %(total)s", "%(n)s city shown"} <= words
    assert len(words) > 150


def test_the_extraction_reads_templates_as_django_does() -> None:
    text = (
        """{% translate "Back" context "the page before" %}{{ name|default:_("nobody") }}{% translate 'Go' as go %}"""
    )
    found = [message for _, message in catalogs._from_template(text)]
    assert found == [
        catalogs.Message("nobody"),
        catalogs.Message("Back", "", "the page before"),
        catalogs.Message("Go"),
    ]


def test_no_word_hides_in_an_f_string() -> None:
    """Where the extraction does not see it on every Python: say ``words = _("…")`` before, and put ``{words}`` in."""
    hidden = [
        f"{path.relative_to(catalogs.ROOT)}:{string.lineno}"
        for path in catalogs.PACKAGE.rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text()))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in catalogs.KEYWORDS
    ]
    assert not hidden, f"{hidden}: put the words into a variable first"


@pytest.mark.parametrize("folder", catalogs.CODES.values())
def test_catalog_is_complete(folder: str) -> None:
    gaps = catalogs.missing(catalogs.load(folder), MESSAGES)
    assert not gaps, f"{folder} lacks {[gap.words for gap in gaps]}: run python tools/catalogs.py and translate them"


@pytest.mark.parametrize("folder", catalogs.CODES.values())
def test_translations_keep_their_variables(folder: str) -> None:
    catalog = catalogs.load(folder)
    for message in MESSAGES:
        entry = catalog.get(message.words, message.context or None)
        assert entry is not None
        versions = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
        wanted = set(VARIABLE.findall(message.plural or message.words))
        for version in versions:
            found = set(VARIABLE.findall(version or ""))
            # A form for none, one or two may say the number in words.
            assert found == wanted or (message.plural and found < wanted), f"{folder}: {message.words!r} → {version!r}"


@pytest.mark.parametrize("folder", catalogs.CODES.values())
def test_no_catalog_keeps_what_nobody_says(folder: str) -> None:
    said = {(message.words, message.context or None) for message in MESSAGES}
    kept = {(e.id[0] if isinstance(e.id, tuple) else e.id, e.context) for e in catalogs.load(folder) if e.id}
    assert kept <= said
