"""Servers on loopback that answer as a test says: a web site, and name servers that speak DNS over UDP and TCP."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


class Site:
    """A web site: paths and what they answer with, as ``(status, headers, body)``. ``asked`` are the requests that came."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.drip = 0.0
        self.port = 0
        self.closed = threading.Event()

    def page(self, path: str, html: str, content_type: str = "text/html; charset=utf-8") -> None:
        self.pages[path] = (200, {"Content-Type": content_type}, html.encode())

    def redirect(self, path: str, to: str) -> None:
        self.pages[path] = (302, {"Location": to}, b"")

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def site() -> Iterator[Site]:
    told = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append((self.path, dict(self.headers)))
            status, headers, body = told.pages.get(self.path, (404, {"Content-Type": "text/html"}, b"nothing"))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                if not told.drip:
                    self.wfile.write(body)
                for letter in body if told.drip else b"":
                    self.wfile.write(bytes([letter]))
                    self.wfile.flush()
                    if told.closed.wait(told.drip):
                        break
            except OSError:
                pass  # whoever asked has hung up, as they should

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server gives
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.port = server.server_address[1]
    with _serving(server):
        try:
            yield told
        finally:
            told.closed.set()


class Zone:
    """What name servers say: ``records[("denhaag.example", "TXT")]`` is a list, or a function that is asked each time.
    ``silent`` ones do not answer; ``asked`` are the questions that came."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], list[str] | Callable[[], list[str]]] = {}
        self.asked: list[tuple[str, str]] = []
        self.silent = False
        self.port = 0

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def answer(self, wire: bytes, *, tcp: bool) -> bytes | None:
        question = dns.message.from_wire(wire)
        asked = question.question[0]
        name, kind = asked.name.to_text(omit_final_dot=True).lower(), asked.rdtype.name
        self.asked.append((name, kind))
        if self.silent:
            return None
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        found = self.records.get((name, kind), [])
        values = found() if callable(found) else found
        if values:
            answer.answer.append(dns.rrset.from_text_list(asked.name, 0, "IN", kind, values))
        elif not any(known == name for known, _ in self.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        full = answer.to_wire()
        if not tcp and len(full) > 512:
            short = dns.message.make_response(question)
            short.flags |= dns.flags.TC | dns.flags.RA
            return short.to_wire()
        return full


@contextmanager
def name_server() -> Iterator[Zone]:
    zone = Zone()

    class Datagram(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            wire, port = self.request
            answer = zone.answer(wire, tcp=False)
            if answer is not None:
                port.sendto(answer, self.client_address)

    class Stream(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length = int.from_bytes(self.rfile.read(2), "big")
            answer = zone.answer(self.rfile.read(length), tcp=True)
            if answer is not None:
                self.wfile.write(len(answer).to_bytes(2, "big") + answer)

    udp, tcp = _pair(Datagram, Stream)
    zone.port = udp.server_address[1]
    with _serving(udp), _serving(tcp):
        yield zone


def _pair(
    datagram: type[socketserver.BaseRequestHandler], stream: type[socketserver.BaseRequestHandler]
) -> tuple[socketserver.ThreadingUDPServer, socketserver.ThreadingTCPServer]:
    """A UDP and a TCP server on the same free port."""
    for _ in range(50):
        udp = socketserver.ThreadingUDPServer(("127.0.0.1", 0), datagram)
        try:
            return udp, socketserver.ThreadingTCPServer(("127.0.0.1", udp.server_address[1]), stream)
        except OSError:  # somebody has the port for TCP
            udp.server_close()
            time.sleep(0)
    raise OSError("no port is free for both")


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
