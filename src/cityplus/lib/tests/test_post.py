"""Sending to an address of somebody's choosing: behind the same guard as fetching, and followed nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_network

import pytest

from cityplus.lib.fetch import FetchError, Told, post
from cityplus.lib.tests.servers import Site, site

HERE = (ip_network("127.0.0.1/32"),)


@dataclass
class Names:
    """What a name leads to; ``asked`` counts."""

    found: dict[str, list[str]] = field(default_factory=dict)
    asked: int = 0

    def __call__(self, host: str) -> Sequence[str]:
        self.asked += 1
        return self.found.get(host, [])


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as found:
        yield found


def refused(url: str, names: Names | None = None, **more: object) -> str:
    with pytest.raises(FetchError) as refusal:
        post(url, b"x", headers={}, resolve=names or Names(), **more)  # type: ignore[arg-type]
    return refusal.value.kind


def test_what_is_answered_is_told_whatever_it_is(web: Site) -> None:
    told = post(web.url("/nobody"), b"x", headers={"TTL": "1"}, resolve=Names(), allow=HERE)
    assert isinstance(told, Told)
    assert told.status == 501, "this server takes nothing that is sent"
    assert told.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "[fd00::1]", "0.0.0.0"])  # noqa: S104
def test_no_address_leads_inside(address: str) -> None:
    assert refused(f"https://{address}/push") == "address"


def test_no_name_leads_inside_and_one_that_leads_both_ways_leads_nowhere(web: Site) -> None:
    names = Names({"push.example": ["127.0.0.1"], "both.example": ["198.41.0.4", "10.0.0.1"]})
    assert refused("https://push.example/1", names) == "address"
    assert refused("https://both.example/1", names) == "address"
    assert names.asked == 2
    assert web.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://push.example/",
        "https://a:b@push.example/",
        "https://push.example:22/",
        "https:///x",
        "https://push.example/ x",
    ],
)
def test_what_is_no_web_address_is_not_even_looked_up(url: str) -> None:
    names = Names()
    assert refused(url, names) == "address"
    assert names.asked == 0


def test_nobody_there_is_said(web: Site) -> None:
    assert refused("http://127.0.0.1:1/", allow=HERE) == "unreachable"
    assert refused("https://nowhere.example/") == "unreachable"
