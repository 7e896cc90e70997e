"""The form as a browser sends it."""

from __future__ import annotations

from typing import Any

NONCE = "n" * 32


def form(**fields: Any) -> dict[str, Any]:
    """In English, unless other fields say otherwise: ``text__nl`` is the field ``text-nl``."""
    named = {name.replace("__", "-"): value for name, value in fields.items()}
    return {"nonce": NONCE, "language": ["en"], "original": "en", "text-en": "Hello.", "deed": "post"} | named
