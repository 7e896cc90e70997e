from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ninja import Router
from pydantic import BaseModel

Operation = TypeVar("Operation", bound=Callable[..., BaseModel])


class Resource(Router):
    """The operations of one resource, under its name in the document."""

    def __init__(self, name: str) -> None:
        super().__init__(tags=[name])

    def reads(
        self, path: str, response: type[BaseModel], *, name: str, summary: str, about: str
    ) -> Callable[[Operation], Operation]:
        """Register an operation that reads. What its answer does not set is left out, what it sets to None is null."""
        return self.get(
            path, response=response, operation_id=name, summary=summary, description=about, exclude_unset=True
        )
