"""The rule: what is a view, and who is a visitor."""

from __future__ import annotations

import pytest

from cityplus.pulse import rule
from cityplus.pulse.rule import Reason, why_not

PEOPLE = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 13; CUBOT X50) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 14; HarmonyOS) AppleWebKit/537.36 Chrome/114.0 Mobile Safari/537.36 MicroMessenger/8.0.50",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/22B83 [FBAN/FBIOS;FBAV/489.0]",
    "Lynx/2.9.0 libwww-FM/2.14",
    "w3m/0.5.3",
]
PROGRAMS = [
    "",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0.0.0 Safari/537.36",
    "curl/8.5.0",
    "Wget/1.21",
    "python-requests/2.32",
    "Go-http-client/2.0",
    "Mastodon/4.5.0 (http.rb/5.3.1; +https://mastodon.social/)",
    "Uptime-Kuma/2.0",
]


@pytest.mark.parametrize("agent", PEOPLE)
def test_people_are_counted(agent: str) -> None:
    assert why_not("POST", {b"user-agent": agent.encode()}) is None


@pytest.mark.parametrize("agent", PROGRAMS)
def test_programs_are_not(agent: str) -> None:
    assert why_not("POST", {b"user-agent": agent.encode()}) is Reason.PROGRAM


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (b"sec-purpose", b"prefetch"),
        (b"sec-purpose", b"prefetch;prerender"),
        (b"purpose", b"Prefetch"),
        (b"x-purpose", b"preview"),
        (b"x-moz", b"prefetch"),
    ],
)
def test_what_was_asked_in_advance_was_seen_by_nobody(name: bytes, value: bytes) -> None:
    assert why_not("GET", {b"user-agent": PEOPLE[0].encode(), name: value}) is Reason.UNSEEN


def test_who_asks_for_headers_sees_nothing() -> None:
    assert why_not("HEAD", {b"user-agent": PEOPLE[0].encode()}) is Reason.UNSEEN


@pytest.mark.parametrize(
    ("site", "reason"),
    [(b"same-origin", None), (b"none", None), (b"cross-site", Reason.ELSEWHERE), (b"same-site", Reason.ELSEWHERE)],
)
def test_only_our_own_pages_bring_views(site: bytes, reason: Reason | None) -> None:
    assert why_not("POST", {b"user-agent": PEOPLE[0].encode(), b"sec-fetch-site": site}) is reason


def test_a_visitor_is_a_network_and_an_agent_on_one_day() -> None:
    monday, tuesday = b"a" * 32, b"b" * 32
    one = rule.visitor(monday, "203.0.113.7", "Firefox")
    assert one == rule.visitor(monday, "203.0.113.7", "Firefox")
    others = {
        rule.visitor(monday, "203.0.113.8", "Firefox"),
        rule.visitor(monday, "203.0.113.7", "Safari"),
        rule.visitor(tuesday, "203.0.113.7", "Firefox"),
        rule.visitor(monday, "203.0.113", "7\nFirefox"),
    }
    assert len(others) == 4 and one not in others
    assert all(-(2**63) <= number < 2**63 for number in others)


def test_every_word_of_the_list_catches_a_program_of_its_own() -> None:
    assert all(rule.is_program(f"Mozilla/5.0 ({word} 1.0)") for word in rule.BOTS)
