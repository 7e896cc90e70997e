from __future__ import annotations

import pytest

from cityplus.lib.clients import client_address, network_of


@pytest.mark.parametrize(
    ("forwarded", "proxies", "found"),
    [
        ("", 0, "10.0.0.1"),
        ("203.0.113.7", 0, "10.0.0.1"),  # nobody of ours wrote this
        ("203.0.113.7", 1, "203.0.113.7"),
        ("6.6.6.6, 203.0.113.7", 1, "203.0.113.7"),  # the first one was written by the visitor
        ("6.6.6.6, 203.0.113.7, 10.9.9.9", 2, "203.0.113.7"),
        ("203.0.113.7", 2, "10.0.0.1"),
        ("203.0.113.7, unknown", 1, "10.0.0.1"),
        ("2001:db8::1", 1, "2001:db8::1"),
    ],
)
def test_only_the_operators_own_proxies_are_believed(forwarded: str, proxies: int, found: str) -> None:
    assert client_address("10.0.0.1", forwarded, proxies) == found


def test_an_ipv6_visitor_is_counted_by_the_network_that_is_all_theirs() -> None:
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2:ffff::") == "2001:db8:1:2::/64"
    assert network_of("2001:db8:1:3::1") != network_of("2001:db8:1:2::1")
    assert network_of("203.0.113.7") == network_of("::ffff:203.0.113.7") == "203.0.113.7"
    assert network_of("unix:") == "unix:"
