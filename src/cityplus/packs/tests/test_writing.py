"""What is written as YAML is read back equal, by our reader and by any other."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cityplus.packs.loading import read_file
from cityplus.packs.reading import Node
from cityplus.packs.writing import written

ODD = [
    "", "no", "yes", "null", "~", "1", "-1", "1.5", "1e5", "0x1F", "2018-12-03", "12:30", "- a", "a: b", "a #b", "a:", "#",
    "|", "  a", "a  ", "a\n b", "a\n\nb\n", "\n", "a\n \nb", "a\r\nb", "a\n\tb", "\ta", "\u3000a", "a\u0085b", "a\u2028b",
    "\ufeffa", "---", "...", "...\n---\n" + "x" * 90, "# c\n# d", "%TAG", "=", "<<", "*a", "&a", "!a", "'", '"', "\\", "{", "[",
    "海牙 😀 " * 30, "a" * 90 + "\nb", "\x07", "\x7f",
]  # fmt: skip
letters = st.characters(exclude_categories=["Cs"])
words = st.text(letters, max_size=120) | st.sampled_from(ODD)
keys = st.text(letters, max_size=20) | st.sampled_from([word for word in ODD if len(word) < 40])
numbers = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    words | numbers | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


def plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    return [plain(child) for child in node.value] if isinstance(node.value, list) else node.value


@given(st.dictionaries(keys, values, max_size=4))
def test_anything_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, document: dict[str, Any]) -> None:
    path = tmp_path_factory.mktemp("yaml") / "a.yaml"
    document = {"original": "en", **document} | {"original": "en"}
    text = written(document)
    path.write_text(text, encoding="utf-8", newline="")
    assert plain(read_file(path, path.parent)) == document, text


@given(st.dictionaries(st.text("abc", min_size=2), words, min_size=1))
def test_other_programs_read_the_same_words(document: dict[str, str]) -> None:
    assert yaml.safe_load(written(document)) == document


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)).map(list), min_size=1, max_size=30))
def test_no_digit_of_a_place_is_lost(track: list[list[float]]) -> None:
    assert yaml.safe_load(written({"track": track})) == {"track": track}


def test_long_words_stand_as_they_were_written() -> None:
    story = "One line.\n\nAnd another, much later, with “quotes”, a: colon and # a sign."
    assert written({"story": {"en": story}}) == (
        "story:\n  en: |-\n    One line.\n\n    And another, much later, with “quotes”, a: colon and # a sign.\n"
    )


def test_what_has_no_place_in_a_pack_is_not_written() -> None:
    with pytest.raises(TypeError, match="True cannot stand in a pack"):
        written({"a": True})
