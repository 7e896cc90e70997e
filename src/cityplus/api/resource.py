from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ninja import Router
from pydantic import BaseModel

from cityplus.web.pagecache import keep

Operation = TypeVar("Operation", bound=Callable[..., BaseModel])


class Resource(Router):
    """The operations of one resource, under its name in the document. ``kept`` says that the page cache may have their answers:
    not those to questions of which there are too many. ``quiet``: quiet entries of the journal end them too."""

    def __init__(self, name: str, *, kept: bool = True, quiet: bool = False) -> None:
        super().__init__(tags=[name])
        if kept:
            self.add_decorator(keep(quiet=True) if quiet else keep, mode="view")

    def reads(
        self, path: str, response: type[BaseModel], *, name: str, summary: str, about: str
    ) -> Callable[[Operation], Operation]:
        """Register an operation that reads. What its answer does not set is left out, what it sets to None is null."""
        return self.get(
            path, response=response, operation_id=name, summary=summary, description=about, exclude_unset=True
        )

    def writes(
        self, methods: list[str], path: str, response: type[BaseModel], *, name: str, summary: str, about: str
    ) -> Callable[[Operation], Operation]:
        """Register an operation that changes something. Doing it again changes nothing, unless it makes something new."""
        return self.api_operation(
            methods, path, response=response, operation_id=name, summary=summary, description=about, exclude_unset=True
        )
