"""Forms as they go over the line, with names that no browser would send."""

from __future__ import annotations

from collections.abc import Mapping

BOUNDARY = "----a-line-that-is-in-no-file"
File = tuple[str, str, str, bytes]
"""Field, file name, content type, bytes."""


def form(fields: Mapping[str, str], *files: File) -> bytes:
    parts = [_part(f'name="{name}"', "", value.encode()) for name, value in fields.items()]
    parts += [
        _part(f'name="{field}"; filename="{name}"', f"\r\nContent-Type: {kind}", data)
        for field, name, kind, data in files
    ]
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def _part(disposition: str, more: str, data: bytes) -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}{more}\r\n\r\n"
    return head.encode("utf-8", "surrogateescape") + data + b"\r\n"
