"""Who is asking: what a visitor writes into headers moves no count."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from django.test import RequestFactory
from pytest_django import Settings

from cityplus import limits


def ask(peer: str, **headers: str) -> str:
    return limits.network(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))  # type: ignore[arg-type]


def test_without_a_proxy_the_peer_counts_and_headers_do_not() -> None:
    assert ask("203.0.113.7", HTTP_X_FORWARDED_FOR="198.51.100.1") == "203.0.113.7"


def test_a_whole_ipv6_network_is_one_visitor() -> None:
    assert ask("2001:db8:1:2:aaaa::1") == ask("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"


@pytest.mark.parametrize("forged", ["", "1.1.1.1, ", "evil, 2.2.2.2, "])
def test_behind_a_proxy_only_what_it_appended_counts(settings: Settings, forged: str) -> None:
    settings.CITYPLUS = replace(django_settings.CITYPLUS, proxies=1)
    assert ask("127.0.0.1", HTTP_X_FORWARDED_FOR=f"{forged}203.0.113.7") == "203.0.113.7"
