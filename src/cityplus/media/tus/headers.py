"""What the headers of the protocol say."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping

from cityplus.media.errors import Malformed

_MOST_METADATA = 4_000
ALGORITHMS = ("sha1", "sha256")


def whole(name: str, value: str) -> int:
    """A number of bytes.

    Raises:
        Malformed: it is none, or larger than any file.
    """
    if not re.fullmatch(r"[0-9]{1,18}", value):
        raise Malformed(f"{name} must be a number of bytes.")
    return int(value)


def metadata(value: str) -> dict[str, str]:
    """What a client says of its file, as ``key base64,key base64``.

    Raises:
        Malformed: it is not written so, or is too long.
    """
    if len(value) > _MOST_METADATA:
        raise Malformed(f"Upload-Metadata has at most {_MOST_METADATA} characters.")
    found: dict[str, str] = {}
    for pair in value.split(",") if value.strip() else ():
        key, _, encoded = pair.strip().partition(" ")
        if not key or not key.isascii() or key in found:
            raise Malformed("Upload-Metadata holds pairs of a key and a value in Base64, by commas; each key once.")
        try:
            found[key] = base64.b64decode(encoded.strip(), validate=True).decode().replace("\0", "")
        except (binascii.Error, UnicodeDecodeError):
            raise Malformed(f"The value of “{key}” in Upload-Metadata is not UTF-8 in Base64.") from None
    return found


def as_metadata(values: Mapping[str, str]) -> str:
    """The header that :func:`metadata` reads."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def checksum(value: str) -> tuple[str, bytes] | None:
    """Name of a hash and the digest that a body must have; None where nothing is said.

    Raises:
        Malformed: it is not written so, or the hash is none of ours.
    """
    if not value:
        return None
    name, _, encoded = value.strip().partition(" ")
    if name not in ALGORITHMS:
        raise Malformed(f"Upload-Checksum is by one of: {', '.join(ALGORITHMS)}.")
    try:
        return name, base64.b64decode(encoded.strip(), validate=True)
    except binascii.Error:
        raise Malformed("The digest of Upload-Checksum is not Base64.") from None
