"""A push service on loopback: a real HTTP server that takes pushes, and a browser behind it that opens them."""

from __future__ import annotations

import json
import os
import threading
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cityplus.notifications.push.sealing import encode, point_of


def raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class BrowserKeys:
    """What a browser keeps of a subscription, and how it opens what comes: written from RFC 8188 and 8291, by itself."""

    def __init__(self) -> None:
        self.private = generate_private_key(SECP256R1())
        self.point, self.auth = point_of(self.private.public_key()), os.urandom(16)

    @property
    def pair(self) -> tuple[str, str]:
        return encode(self.point), encode(self.auth)

    @property
    def told(self) -> dict[str, str]:
        return dict(zip(("p256dh", "auth"), self.pair, strict=True))

    def open(self, body: bytes) -> bytes:
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert (length, size >= len(sealed)) == (65, True), "one record"
        shared = self.private.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), sender))
        mixed = _hkdf(shared, self.auth, b"WebPush: info\x00" + self.point + sender, 32)
        key = _hkdf(mixed, salt, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = _hkdf(mixed, salt, b"Content-Encoding: nonce\x00", 12)
        text = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x00")
        assert text.endswith(b"\x02"), "the last record says so"
        return text[:-1]


def _hkdf(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(key)


def claims_of(authorization: str) -> dict[str, Any]:
    """What a VAPID head claims, once its signature is found to be by the key that stands beside it."""
    scheme, _, parameters = authorization.partition(" ")
    told = dict(part.strip().split("=", 1) for part in parameters.split(","))
    assert (scheme, set(told)) == ("vapid", {"t", "k"})
    head, claims, signature = told["t"].split(".")
    assert json.loads(raw(head)) == {"typ": "JWT", "alg": "ES256"}
    r, s = (int.from_bytes(raw(signature)[half], "big") for half in (slice(32), slice(32, 64)))
    key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), raw(told["k"]))
    key.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ECDSA(SHA256()))
    found: dict[str, Any] = json.loads(raw(claims))
    return found


@dataclass
class Service:
    """What came, as ``(path, heads, body)``; ``answers`` are the next statuses with their heads, 201 when there is none."""

    port: int = 0
    came: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def endpoint(self, name: str = "one") -> str:
        return f"http://127.0.0.1:{self.port}/push/{name}"


@contextmanager
def push_service() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.came.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            status, heads = service.answers.pop(0) if service.answers else (201, {})
            self.send_response(status)
            for name, value in {"Content-Length": "0", **heads}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server gives
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
