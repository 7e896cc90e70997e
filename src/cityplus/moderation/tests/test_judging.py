"""What may be published: the table of the one function that says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cityplus.moderation import domains, folding
from cityplus.moderation.judging import Domain, Filters, Newcomers, Word, Writing, judge


def words(*blocked: str, action: str = "refuse", language: str = "") -> Filters:
    return Filters(words=tuple(Word(folding.fold(word), language, action) for word in blocked))


def sites(*blocked: str, action: str = "refuse") -> Filters:
    return Filters(domains=tuple(Domain(domains.canonical(name), action) for name in blocked))


def said(text: str, language: str = "en", **facts: object) -> Writing:
    return Writing({language: text}, **facts)  # type: ignore[arg-type]


FOUND = [
    (words("casino"), "The casino is open."),
    (words("casino"), "CASINO!"),
    (words("casino"), "ｃａｓｉｎｏ"),  # full width
    (words("casino"), "ca\u200bsi\u00adno"),  # invisible in the middle
    (words("casino"), "ca\u2060s\ufe0fino \U000e0041"),
    (words("casino"), "去casino吧"),  # between signs of a script without spaces
    (words("Straße"), "in der STRASSE"),
    (words("free  money"), "Free\n money, now"),
    (words("发票"), "代开发票请联系"),
    (words("发票"), "代开发 票"),
    (words("カジノ"), "オンラインカジノです"),
    (words("カジノ"), "ｶｼﾞﾉ"),  # half width
    (words("ﷺ"), "صلى الله عليه وسلم"),
    (words("казино"), "Най-доброто КАЗИНО тук"),
    (words("كازينو"), "أفضل كازينو هنا"),
    (words("c++"), "I write c++ all day"),
    (words("casino", language="zh"), said("casino", "zh-Hans")),
    (sites("evil.example"), "See https://evil.example/x"),
    (sites("evil.example"), "See evil.example."),
    (sites("evil.example"), "HTTPS://WWW.EVIL.EXAMPLE:8080/a?b"),
    (sites("evil.example"), "https://a.b.evil.example/"),
    (sites("evil.example"), "https://good.example@evil.example/"),
    (sites("evil.example"), "https://evil.example./"),
    (sites("evil.example"), "https://evil。example/"),
    (sites("evil.example"), "https://ｅｖｉｌ．ｅｘａｍｐｌｅ/"),
    (sites("evil.example"), "http://ev\u200bil.example"),
    (sites("evil.example"), "https://еvіl.example/"),  # Cyrillic е and і
    (sites("evil.example"), "https://xn--vl-mlc7k.example/"),  # the same in punycode
    (sites("münchen.example"), "https://xn--mnchen-3ya.example/"),
    (sites("xn--mnchen-3ya.example"), "https://MÜNCHEN.example"),
    (sites("münchen.example"), "https://mu\u0308nchen.example"),  # composed of two signs
    (sites("evil.example"), said("Look.", links=("https://evil.example/",))),
]
LEFT = [
    (words("casino"), "The casinos are open."),
    (words("ass"), "The class of the assassin passes."),
    (words("casino", language="nl"), said("casino", "en")),
    (words("casino", language="zh"), said("casino", "zhx")),
    (words("发票"), "发展很快的票价"),
    (words("c++"), "I write c all day"),
    (sites("evil.example"), "https://notevil.example/ and devil.example"),
    (sites("evil.example"), "https://evil.example.org/"),
    (sites("evil.example"), "https://good.example/?to=evil"),
    (sites("modem.example"), "https://modern.example/"),
    (sites("g00d.example"), "https://good.example/"),
    (sites("example"), "This is an example. And more."),
    (Filters(), "anything"),
]


def _written(text: str | Writing) -> Writing:
    return text if isinstance(text, Writing) else said(text)


@pytest.mark.parametrize(("filters", "text"), FOUND)
def test_what_is_blocked_is_found_however_it_is_written(filters: Filters, text: str | Writing) -> None:
    refused = judge(_written(text), filters)
    assert refused.answer == "refuse" and refused.words
    held = replace(
        filters,
        words=tuple(replace(word, action="hold") for word in filters.words),
        domains=tuple(replace(domain, action="hold") for domain in filters.domains),
    )
    verdict = judge(_written(text), held)
    assert verdict.answer == "hold" and verdict.words.startswith("blocked ")


@pytest.mark.parametrize(("filters", "text"), LEFT)
def test_what_is_not_blocked_passes(filters: Filters, text: str | Writing) -> None:
    assert judge(_written(text), filters).passes


RULES = Newcomers(days=7, posts=3, links=1, per_hour=5)
TWO = "https://a.example https://b.example"
NEW = [
    # rules, text, facts, answer
    (RULES, TWO, {"days": 1, "posts": 0}, "refuse"),
    (RULES, TWO, {"days": 8, "posts": 2}, "refuse"),
    (RULES, TWO, {"days": 6.9, "posts": 90}, "refuse"),
    (RULES, TWO, {"days": 7, "posts": 3}, "pass"),
    (RULES, TWO, {"days": 0, "posts": 0, "trusted": True}, "pass"),
    (RULES, "https://a.example", {"days": 0, "posts": 0}, "pass"),
    (RULES, "https://a.example and https://a.example", {"days": 0, "posts": 0}, "pass"),
    (RULES, "www.a.example www.b.example", {"days": 0, "posts": 0}, "refuse"),
    (RULES, "你好。世界很大。再见。", {"days": 0, "posts": 0}, "pass"),
    (RULES, "One.Two.Three, e.g. this", {"days": 0, "posts": 0}, "pass"),
    (RULES, "hello", {"days": 1, "posts": 0, "last_hour": 4}, "pass"),
    (RULES, "hello", {"days": 1, "posts": 0, "last_hour": 5}, "refuse"),
    (RULES, "hello", {"days": 9, "posts": 9, "last_hour": 500}, "pass"),
    (replace(RULES, hold_first=True), "hello", {"days": 1, "posts": 2}, "hold"),
    (replace(RULES, hold_first=True), "hello", {"days": 1, "posts": 3}, "pass"),
    (replace(RULES, hold_first=True), TWO, {"days": 1, "posts": 0}, "refuse"),
]


@pytest.mark.parametrize(("rules", "text", "facts", "answer"), NEW)
def test_what_new_accounts_may_do(rules: Newcomers, text: str, facts: dict[str, Any], answer: str) -> None:
    verdict = judge(Writing({"en": text}, **facts), Filters(newcomers=rules))
    assert verdict.answer == answer
    assert bool(verdict.words) is (answer != "pass")


def test_refusing_is_stronger_than_holding() -> None:
    both = Filters(words=(Word("maybe", "", "hold"), Word("never", "", "refuse")))
    assert judge(said("maybe never"), both).answer == "refuse"
    assert judge(said("maybe"), both).answer == "hold"


def test_every_language_of_a_writing_is_looked_at() -> None:
    writing = Writing({"en": "fine", "zh-Hans": "代开发票"})
    assert judge(writing, words("发票")).answer == "refuse"


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("Example.ORG", "example.org"),
        ("https://u:p@Example.org:444/x?y", "example.org"),
        ("example。org", "example.org"),
        ("köln.de", "xn--kln-sna.de"),
        ("XN--KLN-SNA.de", "xn--kln-sna.de"),
        ("例え.jp", "xn--r8jz45g.jp"),
        ("straße.de", "strasse.de"),
        ("", ""),
        ("a..b", ""),
        ("no spaces", "nospaces"),
        ("-bad.org", ""),
        ("[::1]", ""),
        ("xn--\u00fc.de", ""),
        ("a" * 64 + ".org", ""),
    ],
)
def test_domains_have_one_form(name: str, canonical: str) -> None:
    assert domains.canonical(name) == canonical
    if canonical:
        assert domains.canonical(canonical) == canonical


def test_a_long_writing_is_judged_at_once() -> None:
    """Nothing in the patterns runs away on what somebody made for it."""
    hostile = "a." * 20_000 + "http" * 5_000 + "。" * 5_000 + "x" * 50_000
    filters = Filters(words(*(f"w{i}" for i in range(200))).words, sites("evil.example").domains)
    assert judge(said(hostile), filters).passes
