"""What a reader's program says it reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.languages.accepted import MOST, accepted, spelled
from cityplus.languages.tags import check_tag


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("", ()),
        ("nl", ("nl",)),
        ("nl-BE, nl;q=0.9, en;q=0.5", ("nl-BE", "nl", "en")),
        ("en;q=0.5, nl;q=0.9, fr", ("fr", "nl", "en")),
        ("en; q=0.5 ,NL ; Q=0.9", ("nl", "en")),
        ("de;q=0, en", ("en",)),
        ("*, ja", ("ja",)),
        ("zh-CN, zh;q=0.9", ("zh-Hans", "zh")),
        ("zh-TW, zh-hk;q=0.9", ("zh-Hant",)),
        ("zh-hant-cn", ("zh-Hant",)),
        ("en-us-x-private", ("en-US",)),
        ("sr-latn-RS", ("sr-Latn-RS",)),
        ("es-419", ("es-419",)),
        ("nl;q=2, en;q=1.5, fr;q=-1, bg", ("bg",)),
        ("; drop, ' or 1=1, en", ("en",)),
        (",".join(["aa", "bb", "cc", "dd", "ee", "ff", "gg"]), ("aa", "bb", "cc", "dd", "ee")),
        ("x" * 100_000, ()),
    ],
)
def test_the_tags_of_a_header(header: str, tags: tuple[str, ...]) -> None:
    assert accepted(header) == tags


@given(st.text())
def test_whatever_a_header_says_the_tags_are_tags(header: str) -> None:
    tags = accepted(header)
    assert len(tags) <= MOST
    for tag in tags:
        check_tag(tag)


def test_underscores_are_read() -> None:
    assert spelled("pt_br") == "pt-BR"
