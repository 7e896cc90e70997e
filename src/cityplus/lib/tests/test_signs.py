"""What is left of what somebody typed, and what is the address of a page."""

from __future__ import annotations

import pytest

from cityplus.lib import signs


@pytest.mark.parametrize(
    ("said", "line", "lines"),
    [
        ("  Ana  de\tVries ", "Ana de Vries", "Ana  de\tVries"),
        ("one\r\ntwo\rthree", "one two three", "one\ntwo\nthree"),
        ("a\x00b\x08\x1b\ufffe\ud800c", "abc", "abc"),
        ("Ana\u202eavE\u2066", "AnaavE", "Ana\u202eavE\u2066"),
        ("نیم\u200cفاصله \u200fא", "نیم\u200cفاصله \u200fא", "نیم\u200cفاصله \u200fא"),
        ("👩\u200d🔬 海牙", "👩\u200d🔬 海牙", "👩\u200d🔬 海牙"),
    ],
)
def test_letters_stay_and_signs_that_are_none_go(said: str, line: str, lines: str) -> None:
    assert (signs.line(said), signs.lines(said)) == (line, lines)


@pytest.mark.parametrize(
    "address", ["https://example.org", "http://a.example:8080/b?c=d,e#f", "https://海牙.example/é"]
)
def test_pages_have_addresses(address: str) -> None:
    assert signs.is_page(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "example.org", "//example.org", "javascript:alert(1)", "ftp://example.org/", "https://", "https://[", "https://a:b/",
        "https://a@b.example/", "https://a:b@b.example/", "https://a.example/ b", "https://a.example/\n", "https://a.example\\@b.example/",
        "https://a\u202e.example/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_page(address: str) -> None:
    assert not signs.is_page(address)
