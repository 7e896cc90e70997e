from __future__ import annotations

from typing import Any

from pydantic import BeforeValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class OneOf:
    """Of a string that is one of some words that a model knows: ``Annotated[str, OneOf(*Theme.values)]``."""

    def __init__(self, *words: str) -> None:
        self.words = list(words)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(self.words)


def _plain(value: Any) -> Any:
    return value if not isinstance(value, str) or (value.isascii() and value.isdigit()) else "no number"


Whole = BeforeValidator(_plain)
"""Of a number in an address: only plain digits are one, not “1_0”, “+5”, “5.0” or digits of another script."""
