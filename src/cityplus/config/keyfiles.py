"""Keys that are made once and kept in a file of the data folder, with mode 0600."""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
import tempfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def new_secret() -> str:
    return secrets.token_urlsafe(50)


def new_push_key() -> str:
    """A private key on the curve P-256: a number from 1 to its order less one, in 32 bytes of base64url."""
    number = secrets.randbelow(_P256_ORDER - 1) + 1
    return urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()


def push_key(value: str) -> str:
    """A push key as a setting; nothing is one that is made."""
    try:
        number = int.from_bytes(urlsafe_b64decode(value + "=" * (-len(value) % 4)), "big")
    except ValueError:
        number = 0
    if value and not (len(value.rstrip("=")) == 43 and 0 < number < _P256_ORDER):
        raise ValueError("takes a private key of the curve P-256: 32 bytes in base64url, as VAPID has them")
    return value.rstrip("=")


def ticket_key_of(secret: str) -> str:
    """The private key of tickets that goes with a secret: Ed25519, 32 bytes in base64url."""
    return urlsafe_b64encode(hmac.digest(secret.encode(), b"cityplus ticket key 1", "sha256")).rstrip(b"=").decode()


def ticket_key(value: str) -> str:
    """A ticket key as a setting; nothing is the one that goes with the secret."""
    try:
        length = len(urlsafe_b64decode(value + "=" * (-len(value) % 4)))
    except ValueError:
        length = 0
    if value and length != 32:
        raise ValueError("takes a private key of Ed25519: 32 bytes in base64url")
    return value.rstrip("=")


def make(path: Path, new: Callable[[], str]) -> None:
    """Write a new key where there is none, whole from the first moment: of processes that start together one makes it, and all read
    that one."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mode 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(new())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
