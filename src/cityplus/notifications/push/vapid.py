"""Saying to push services who sends: a key of the network, and a token signed by it for each service (VAPID, RFC 8292)."""

from __future__ import annotations

import json
import time
from email.utils import parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, derive_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings

from cityplus.notifications.push.sealing import decode, encode, point_of

LASTS = 12 * 3600
"""Seconds that a token is good for; services take at most a day."""


def public_key() -> str:
    """The key that a browser is told when it is asked to take pushes from us alone."""
    return encode(point_of(_private(settings.CITYPLUS.push_secret()).public_key()))


def authorization(endpoint: str, now: float | None = None) -> str:
    """The head ``Authorization`` of a push to this endpoint."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(now if now is not None else time.time()) + LASTS,
        "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
    }
    said = ".".join(encode(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    key = _private(settings.CITYPLUS.push_secret())
    r, s = decode_dss_signature(key.sign(said.encode(), ECDSA(SHA256())))
    signature = encode(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={said}.{signature}, k={public_key()}"


@lru_cache(maxsize=4)
def _private(secret: str) -> EllipticCurvePrivateKey:
    return derive_private_key(int.from_bytes(decode(secret), "big"), SECP256R1())
