"""The code of a ticket, as it is scanned (signed) and as it is typed (its random part alone).

Scanned: ``CP1.`` and 143 letters, which are 25 bytes (version, event, code) and their signature by Ed25519. Typed: 26 letters, which
are the 128 bits of the code. Letters are those of Crockford's base 32: no I, L, O or U, upper or lower case, blanks and dashes anywhere.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TICKET, _LIST, _CODE = b"cityplus ticket 1:", b"cityplus door list 1:", b"cityplus code 1:"
_SAME = str.maketrans("OIL", "011", " -.\t\r\n\u00a0")
_SIGNED, _TYPED, _BYTES = 143, 26, 25


@dataclass(frozen=True, slots=True)
class Code:
    """What was read. ``event`` is known of a signed one; ``genuine`` says that the signature is ours."""

    secret: bytes
    event: int | None = None
    genuine: bool = False

    @property
    def digest(self) -> str:
        return digest_of(self.secret)


def secret_of(seed: str) -> bytes:
    """The 128 bits of a ticket: made from its seed, which the database has, and the key, which it has not."""
    return hmac.digest(_raw(settings.CITYPLUS.ticket_secret()), _CODE + seed.encode(), "sha256")[:16]


def digest_of(secret: bytes) -> str:
    """What database and lists have of a code: 128 bits of its SHA-256, in hexadecimal."""
    return hashlib.sha256(secret).hexdigest()[:32]


def signed(event: int, secret: bytes) -> str:
    """The text in the QR code; all of its letters are of the alphanumeric mode."""
    payload = b"\x01" + event.to_bytes(8, "big") + secret
    return "CP1." + _letters(payload + _key().sign(_TICKET + payload), _SIGNED)


def typed(secret: bytes) -> str:
    """The text that is typed, in groups of four."""
    text = _letters(secret, _TYPED)
    return "-".join(text[start : start + 4] for start in range(0, _TYPED, 4))


def read(text: str) -> Code | None:
    """What a scanner or somebody typing said; None when it has not the shape of a code."""
    plain = text.strip().upper().translate(_SAME)
    if plain.startswith("CP1") and len(plain) == 3 + _SIGNED:
        whole = _bytes(plain[3:], _BYTES + 64)
        if whole is None or whole[0] != 1:
            return None
        payload, signature = whole[:_BYTES], whole[_BYTES:]
        return Code(payload[9:], int.from_bytes(payload[1:9], "big"), _is_ours(_TICKET + payload, signature))
    if len(plain) == _TYPED:
        secret = _bytes(plain, 16)
        return Code(secret) if secret else None
    return None


def sign_list(body: str) -> str:
    """The signature of a list for phones, in hexadecimal."""
    return _key().sign(_LIST + body.encode()).hex()


def public_key() -> str:
    """By which phones know our signatures without a line, in hexadecimal."""
    return _key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def _is_ours(message: bytes, signature: bytes) -> bool:
    try:
        _key().public_key().verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _key() -> Ed25519PrivateKey:
    return _private(settings.CITYPLUS.ticket_secret())


@lru_cache(maxsize=2)
def _private(said: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_raw(said))


def _raw(said: str) -> bytes:
    return urlsafe_b64decode(said + "=" * (-len(said) % 4))


def _letters(content: bytes, width: int) -> str:
    number, found = int.from_bytes(content, "big"), []
    for _place in range(width):
        number, rest = divmod(number, 32)
        found.append(LETTERS[rest])
    return "".join(reversed(found))


def _bytes(letters: str, length: int) -> bytes | None:
    number = 0
    for letter in letters:
        place = LETTERS.find(letter)
        if place < 0:
            return None
        number = number * 32 + place
    return number.to_bytes(length, "big") if number < 1 << 8 * length else None
