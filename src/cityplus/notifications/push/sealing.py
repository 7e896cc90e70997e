"""Sealing a message so that only the browser reads it, and not the service that carries it: ``aes128gcm`` by RFC 8188 and 8291."""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LONGEST = 3993
"""Bytes that a message may have: with its heads it fills the 4,096 that every push service carries."""
_RECORD = 4096
_LAST = b"\x02"
_POINT = 65


class SealError(ValueError):
    """Keys of a browser that are none, or a message that is too long."""


def encode(raw: bytes) -> str:
    """base64url without padding, as everything about pushes is written."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """
    Raises:
        SealError: it is no base64url.
    """
    try:
        return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError:
        raise SealError("it is no base64url") from None


def keys_of(p256dh: str, auth: str) -> tuple[EllipticCurvePublicKey, bytes]:
    """The keys of a browser, checked: a point on P-256, and 16 bytes that it shares with us.

    Raises:
        SealError: they are none.
    """
    point, secret = decode(p256dh), decode(auth)
    if len(point) != _POINT or len(secret) != 16:
        raise SealError("keys of a browser are a point of 65 bytes and a secret of 16")
    try:
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point), secret
    except ValueError:
        raise SealError("it is no point on the curve P-256") from None


def point_of(key: EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def seal(
    message: bytes,
    p256dh: str,
    auth: str,
    *,
    private: EllipticCurvePrivateKey | None = None,
    salt: bytes = b"",
) -> bytes:
    """The body of the request that carries this message. ``private`` and ``salt`` are new ones unless a trial gives them.

    Raises:
        SealError: the keys are none, or the message is longer than :data:`LONGEST`.
    """
    if len(message) > LONGEST:
        raise SealError(f"a message has at most {LONGEST} bytes")
    theirs, secret = keys_of(p256dh, auth)
    ours, salt = private or generate_private_key(SECP256R1()), salt or os.urandom(16)
    points = point_of(theirs), point_of(ours.public_key())
    shared = _derive(ours.exchange(ECDH(), theirs), secret, b"WebPush: info\0" + b"".join(points), 32)
    key = _derive(shared, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(shared, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + _RECORD.to_bytes(4, "big") + bytes([_POINT]) + points[1]
    return head + AESGCM(key).encrypt(nonce, message + _LAST, None)


def _derive(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(key)
