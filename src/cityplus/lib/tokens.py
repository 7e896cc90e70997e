"""The secrets in links of letters, of which the database has digests alone."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 bits, fit for an address."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What the database has of a token. Nobody finds one by trying, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
