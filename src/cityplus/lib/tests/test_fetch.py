"""Fetching a page of somebody else's choosing, and nothing of our own network: attack A15 against a server that counts."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator, Sequence
from ipaddress import ip_network

import pytest

from cityplus.lib import fetch as fetching
from cityplus.lib.fetch import FetchError, Page, fetch
from cityplus.lib.names import Names
from cityplus.lib.public import is_public
from cityplus.lib.tests.servers import Site, Zone, name_server, site

HERE = (ip_network("127.0.0.1/32"),)


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as found:
        found.page("/", "<p>Den Haag</p>")
        yield found


@pytest.fixture
def zone() -> Iterator[Zone]:
    with name_server() as found:
        yield found


def nowhere(host: str) -> Sequence[str]:
    raise AssertionError(f"{host} was looked up")


def get(url: str, **more: object) -> Page:
    return fetch(url, **{"resolve": nowhere, "allow": HERE, **more})  # type: ignore[arg-type]


def refused(url: str, **more: object) -> str:
    with pytest.raises(FetchError) as refusal:
        get(url, **more)
    return refusal.value.kind


def test_a_page_comes_with_its_text_and_nothing_of_ours_is_sent(web: Site) -> None:
    assert get(web.url()) == Page(web.url(), "<p>Den Haag</p>")
    [(path, headers)] = web.asked
    assert path == "/"
    assert {"Cookie", "Authorization", "Referer"} & set(headers) == set()
    assert headers["Host"] == f"127.0.0.1:{web.port}"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),  # noqa: S104
        *("100.64.0.1", "169.254.169.254", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255"),
        *("198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::ffff:127.0.0.1", "::ffff:9.9.9.9", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1"),
        *("2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "3fff::1", "fe80::1", "fe80::1%lo", "fec0::1"),
        *("fc00::1", "fd12:3456::1", "ff02::1", "100::1", "5f00::1", "4000::1", "localhost", "", "1"),
    ],
)
def test_no_network_of_ones_own_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["9.9.9.9", "172.32.0.1", "100.128.0.1", "185.199.108.153", "2a00:1450::1", "2606:4700::1111"]
)
def test_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0", "localhost", "localhost.", "[::1]", "[::]"),
        *(
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "127.0.0.1.",
            "127。0。0。1",
        ),
    ],
)
def test_no_way_to_write_this_machine_reaches_it(web: Site, zone: Zone, host: str) -> None:
    names = Names([zone.address])
    zone.records |= {("localhost", "A"): ["127.0.0.1"], ("127.1", "A"): ["127.0.0.1"], ("0", "A"): ["127.0.0.1"]}
    for url in (f"http://{host}:{web.port}/", f"http://{host}/"):
        with pytest.raises(FetchError):
            fetch(url, resolve=names.addresses)
    assert web.asked == []


def test_a_name_that_leads_inside_is_refused_whatever_else_it_leads_to(web: Site, zone: Zone) -> None:
    zone.records[("inside.example", "A")] = ["9.9.9.9", "127.0.0.1"]
    zone.records[("inside6.example", "AAAA")] = ["::ffff:127.0.0.1"]
    names = Names([zone.address])
    for host in ("inside.example", "inside6.example"):
        assert refused(f"http://{host}/", resolve=names.addresses, allow=()) == "address"
    assert web.asked == []


def test_a_name_is_looked_up_once_and_the_connection_goes_where_it_was_looked_at(web: Site, zone: Zone) -> None:
    """Rebinding: a name that says another address when it is asked again. It is not asked again."""
    said = iter([["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]])
    zone.records[("rebind.example", "A")] = lambda: next(said)
    page = get(web.url(host="rebind.example"), resolve=Names([zone.address]).addresses)
    assert page.text == "<p>Den Haag</p>"
    assert zone.asked.count(("rebind.example", "A")) == 1
    assert web.asked[0][1]["Host"] == f"rebind.example:{web.port}"


def test_a_redirect_is_looked_at_as_the_first_address_was(web: Site) -> None:
    with site() as inside:
        web.redirect("/away", f"http://[::1]:{inside.port}/")
        web.redirect("/file", "file:///etc/passwd")
        web.redirect("/gopher", "gopher://127.0.0.1:70/")
        web.redirect("/relative", "/")
        web.redirect("/loop", "/loop")
        assert [refused(web.url(path)) for path in ("/away", "/file", "/gopher")] == ["address"] * 3
        assert refused(web.url("/loop")) == "redirect"
        assert get(web.url("/relative")).url == web.url("/")
        assert inside.asked == []
    assert [path for path, _ in web.asked].count("/loop") == fetching.REDIRECTS + 1


@pytest.mark.parametrize(
    "url",
    [
        *("", "denhaag.nl", "ftp://denhaag.nl/", "file:///etc/passwd", "http://", "http:///etc", "javascript:alert(1)"),
        *("http://user:secret@denhaag.nl/", "http://user@denhaag.nl/", "http://a b/", "http://denhaag.nl/\r\nX: y"),
        *(
            "http://denhaag.nl:99999/",
            "http://denhaag.nl:x/",
            "http://海牙.example/",
            "http://[::1/",
            "data:text/html,x",
        ),
    ],
)
def test_what_is_no_address_of_a_page_is_not_asked_for(url: str) -> None:
    assert refused(url) == "address"


@pytest.mark.parametrize("port", [22, 25, 6379, 8000])
def test_only_the_usual_ports_are_asked(port: int) -> None:
    assert refused(f"http://9.9.9.9:{port}/", allow=()) == "address"
    assert refused(f"http://9.9.9.9:{port}/") == "address", "a network that is allowed opens no ports elsewhere"


def test_a_page_is_bounded_in_bytes(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "BYTES", 1000)
    web.page("/large", "x" * 1001)
    web.page("/fits", "x" * 1000)
    assert refused(web.url("/large")) == "large"
    assert len(get(web.url("/fits")).text) == 1000


def test_a_page_that_drips_is_too_slow(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes soon enough; all of them together do not."""
    monkeypatch.setattr(fetching, "SECONDS", 0.4)
    web.page("/drip", "x" * 1000)
    web.drip = 0.05
    begun = time.monotonic()
    assert refused(web.url("/drip")) == "slow"
    assert time.monotonic() - begun < 5


def test_what_is_no_page_is_refused(web: Site) -> None:
    web.page("/picture", "x", "image/png")
    web.pages["/packed"] = (
        200,
        {"Content-Type": "text/html", "Content-Encoding": "gzip"},
        gzip.compress(b"0" * 10_000_000),
    )
    web.pages["/none"] = (200, {}, b"x")
    assert [refused(web.url(path)) for path in ("/picture", "/packed", "/none")] == ["type"] * 3
    assert refused(web.url("/missing")) == "status"


def test_nobody_there_is_unreachable(zone: Zone) -> None:
    with site() as gone:
        url = gone.url()
    assert refused(url) == "unreachable"
    assert refused("http://nowhere.example/", resolve=Names([zone.address]).addresses) == "unreachable"


def test_a_page_in_another_charset_is_read(web: Site) -> None:
    web.pages["/cyrillic"] = (200, {"Content-Type": "text/html; charset=windows-1251"}, "Пловдив".encode("cp1251"))
    web.pages["/odd"] = (200, {"Content-Type": "text/html; charset=klingon"}, b"Qo\xffnoS")
    assert get(web.url("/cyrillic")).text == "Пловдив"
    assert get(web.url("/odd")).text == "Qo\ufffdnoS"
