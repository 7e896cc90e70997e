"""What is counted."""

from __future__ import annotations

from typing import NamedTuple


class Subject(NamedTuple):
    """One thing with numbers of its own: ``city 12``, ``stop 7``, ``country NL``, ``page home``."""

    kind: str
    ref: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.ref}"

    @classmethod
    def of(cls, kind: str, ref: int | str) -> Subject:
        return cls(kind, str(ref))

    @classmethod
    def parse(cls, key: str) -> Subject:
        kind, _, ref = key.partition(":")
        return cls(kind, ref)


NETWORK = Subject("network", "all")
