"""Life cycles: drawn once at the head of a model, checked when the class is made.

LIFE = LifeCycle('''
    invited -> preparing -> ready -> launched -> dormant
    ready -> preparing
    dormant -> launched
''')
"""

from __future__ import annotations

from itertools import pairwise


class LifeCycleError(ValueError):
    """A step that the life cycle does not have."""


class LifeCycle:
    """The stages that a thing goes through, read from the drawing above.

    Raises:
        LifeCycleError: the drawing is empty, or a stage cannot be reached from the first one.
    """

    def __init__(self, drawing: str) -> None:
        self.steps: dict[str, set[str]] = {}
        for line in filter(None, (line.strip() for line in drawing.splitlines())):
            stages = [stage.strip() for stage in line.split("->")]
            if len(stages) < 2 or not all(stage.isidentifier() for stage in stages):
                raise LifeCycleError(f"“{line}” is not a line of a life cycle: write a -> b -> c")
            for stage in stages:
                self.steps.setdefault(stage, set())
            for before, after in pairwise(stages):
                self.steps[before].add(after)
        if not self.steps:
            raise LifeCycleError("a life cycle needs at least two stages")
        lost = set(self.steps) - self._reached_from(self.first)
        if lost:
            raise LifeCycleError(f"no way leads to {', '.join(sorted(lost))}")

    @property
    def first(self) -> str:
        return next(iter(self.steps))

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The stages as Django choices, in the order they were drawn."""
        return [(stage, stage) for stage in self.steps]

    def check(self, before: str, after: str) -> None:
        """Do nothing when the step is drawn.

        Raises:
            LifeCycleError: it is not; the message says which steps there are.
        """
        if after not in self.steps.get(before, set()):
            ways = ", ".join(sorted(self.steps.get(before, set()))) or "nowhere"
            raise LifeCycleError(f"from {before} one cannot go to {after}, only to {ways}")

    def _reached_from(self, stage: str) -> set[str]:
        seen, todo = set(), [stage]
        while todo:
            current = todo.pop()
            if current not in seen:
                seen.add(current)
                todo.extend(self.steps[current])
        return seen
