"""Fetching a page of somebody else's choosing, or sending something to one, guarded: no address leads it into the network that we stand in.

What is checked is the address that is really connected to, not the name that was given: a name is resolved once, every address
that it has must be public, and the connection goes to one of these and nowhere else. Redirects go the same way again. Time, bytes
and the number of redirects are bounded; nothing of ours is sent along, and nothing is remembered.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore

from cityplus.lib.charsets import text_of

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str], Sequence[str]]

BYTES = 1_000_000
SECONDS = 10.0
REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
_REDIRECTS = {301, 302, 303, 307, 308}
_ADDRESSES_TRIED = 4

_NOT_PUBLIC_4 = [
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
]
_PUBLIC_6 = ip_network("2000::/3")
# Within it: protocols (Teredo among them, which holds an IPv4 address as 6to4 does), and networks for examples.
_NOT_PUBLIC_6 = [ip_network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]


class FetchError(Exception):
    """A page that was not fetched. ``kind`` is one word: ``address``, ``unreachable``, ``slow``, ``large``, ``status``, ``type``,
    ``redirect``; the message says more, for a log."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Page:
    """What came: where it stood in the end, and its text."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered to something that was sent; the names of heads are in small letters."""

    status: int
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class File:
    """What came, as it came: where it stood in the end, of which type it is said to be, with what parameters."""

    url: str
    content_type: str
    parameters: str
    content: bytes


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet: no network of one's own, no machine's own, no other form of one.
    Every way to write an IPv4 address in an IPv6 one (mapped, compatible, NAT64, 6to4, Teredo) is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _NOT_PUBLIC_4)
    return found.scope_id is None and found in _PUBLIC_6 and not any(found in network for network in _NOT_PUBLIC_6)


def fetch(
    url: str,
    *,
    resolve: Resolve,
    types: Iterable[str] = ("text/html", "application/xhtml+xml"),
    allow: Sequence[Network] = (),
    agent: str = "CityPlus",
) -> Page:
    """The page at a public address. ``resolve`` gives the IP addresses of a name, within a bounded time. What lies in a network of
    ``allow`` may be reached too, and on any port; that is for trials.

    Raises:
        FetchError: it is no address of a public page, or the page did not come within the bounds.
    """
    file = fetch_file(url, resolve=resolve, types=types, most=BYTES, allow=allow, agent=agent)
    return Page(file.url, text_of(file.content, file.parameters))


def fetch_file(
    url: str,
    *,
    resolve: Resolve,
    types: Iterable[str],
    most: int,
    allow: Sequence[Network] = (),
    agent: str = "CityPlus",
) -> File:
    """The same for a file of these types and at most so many bytes. What it is said to be it need not be.

    Raises:
        FetchError: as :func:`fetch`.
    """
    guard = _Guard(resolve, allow, time.monotonic() + SECONDS)
    wanted = _Wanted(agent, frozenset(types), most)
    with httpcore.ConnectionPool(network_backend=guard, ssl_context=ssl.create_default_context(), retries=0) as pool:
        for _ in range(REDIRECTS + 1):
            _check(url, guard)
            with _as_refusals(url):
                answer = _get(pool, url, wanted, guard)
            if isinstance(answer, File):
                return answer
            if urlsplit(url).scheme == "https" and urlsplit(answer).scheme != "https":
                raise FetchError("redirect", f"{url}: it leads to {answer}, which anybody on the way could change")
            url = answer
    raise FetchError("redirect", f"{url}: more than {REDIRECTS} redirects")


def post(
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    resolve: Resolve,
    allow: Sequence[Network] = (),
    agent: str = "CityPlus",
) -> Told:
    """Send a body to an address of somebody's choosing, behind the same guard, and follow it nowhere; what is answered is told by its
    status and heads, and its body is not kept.

    Raises:
        FetchError: it is no public address, or there was no answer within the bounds.
    """
    guard = _Guard(resolve, allow, time.monotonic() + SECONDS)
    _check(url, guard)
    heads = {**headers, "Host": urlsplit(url).netloc, "User-Agent": agent, "Connection": "close"}
    heads["Content-Length"] = str(len(body))
    with (
        httpcore.ConnectionPool(network_backend=guard, ssl_context=ssl.create_default_context(), retries=0) as pool,
        _as_refusals(url),
    ):
        lines = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in heads.items()]
        request = httpcore.Request("POST", url, headers=lines, content=body, extensions={"timeout": guard.timeouts})
        response = pool.handle_request(request)
        response.close()
        return Told(response.status, {n.decode("latin-1").lower(): v.decode("latin-1") for n, v in response.headers})


@contextmanager
def _as_refusals(url: str) -> Iterator[None]:
    """What goes wrong on the line, in our words."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise FetchError("slow", f"{url}: it took too long ({error!r})") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise FetchError("unreachable", f"{url}: {error!r}") from None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Who asks, for which types, and for how many bytes at most."""

    agent: str
    types: frozenset[str]
    most: int


def _check(url: str, guard: _Guard) -> None:
    """Before anything is asked: a web address, with nothing hidden in it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError("address", f"{url!r}: {error}") from None
    if parts.scheme not in PORTS or not parts.hostname or not url.isascii() or not url.isprintable() or " " in url:
        raise FetchError("address", f"{url!r} is no address of a web page")
    if parts.username is not None or parts.password is not None:
        raise FetchError("address", f"{url!r} holds a name or a password")
    if port not in {None, PORTS[parts.scheme]} and not guard.allow:
        raise FetchError("address", f"{url!r}: only the usual ports are asked")


def _get(pool: httpcore.ConnectionPool, url: str, wanted: _Wanted, guard: _Guard) -> File | str:
    """The file, or where it leads on."""
    headers: dict[bytes | str, bytes | str] = {
        "Host": urlsplit(url).netloc,
        "User-Agent": wanted.agent,
        "Accept": ", ".join(sorted(wanted.types)),
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    request = httpcore.Request("GET", url, headers=headers, extensions={"timeout": guard.timeouts})
    response = pool.handle_request(request)
    try:
        told = {name.lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in _REDIRECTS and b"location" in told:
            return urljoin(url, told[b"location"])
        if response.status != 200:
            raise FetchError("status", f"{url}: status {response.status}")
        kind, _, rest = told.get(b"content-type", "").partition(";")
        if kind.strip().lower() not in wanted.types or told.get(b"content-encoding", "identity") != "identity":
            raise FetchError("type", f"{url}: it is {kind or 'of no type'}, {told.get(b'content-encoding', 'plain')}")
        return File(url, kind.strip().lower(), rest, _body(response, url, wanted.most))
    finally:
        response.close()


def _body(response: httpcore.Response, url: str, most: int) -> bytes:
    received = bytearray()
    for chunk in response.iter_stream():
        received += chunk
        if len(received) > most:
            raise FetchError("large", f"{url}: more than {most:,} bytes")
    return bytes(received)


class _Guard(httpcore.NetworkBackend):
    """Resolves, looks at every address, and connects to one of those it has looked at."""

    def __init__(self, resolve: Resolve, allow: Sequence[Network], deadline: float) -> None:
        self.resolve, self.allow, self.deadline = resolve, allow, deadline
        self.inner = httpcore.SyncBackend()

    @property
    def left(self) -> float:
        """Seconds that are left of the whole; none left is a timeout."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for all of it is over")
        return left

    @property
    def timeouts(self) -> dict[str, float]:
        return dict.fromkeys(("connect", "read", "write", "pool"), self.left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        refused: Exception = FetchError("unreachable", f"{host} has no address")
        for address in self._addresses(host.strip("[]"), port)[:_ADDRESSES_TRIED]:
            try:
                return _Stream(self.inner.connect_tcp(address, port, self.left), self)
            except httpcore.ConnectError as error:
                refused = error
        raise refused

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> Any:
        raise FetchError("address", "a socket of this machine is no page")

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = [str(ip_address(host))]
        except ValueError:
            found = list(self.resolve(host))
        for address in found:
            allowed = any(ip_address(address) in network for network in self.allow)
            if not allowed and not (is_public(address) and port in PORTS.values()):
                raise FetchError("address", f"{host} is {address}, port {port}, which is not of the public internet")
        return found


class _Stream(httpcore.NetworkStream):
    """A connection on which every step takes from one time for all: a page that drips is as slow as one that does not come."""

    def __init__(self, inner: httpcore.NetworkStream, guard: _Guard) -> None:
        self.inner, self.guard = inner, guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.guard.left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.guard.left)

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self.inner.start_tls(ssl_context, server_hostname, self.guard.left), self.guard)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)
