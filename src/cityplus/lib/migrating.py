"""Migrations without what makes Django's slow: it renders every model that hangs together with the one that changes, and here
nearly all of them hang together.

To make a table, a column, an index or a constraint, the model alone is enough. So that alone is rendered, and the state is
marked as delayed, which Django itself knows. All other operations, and the code of a migration, see every model whole.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState


class State(ProjectState):
    """The models at one moment of the history, each rendered no oftener than somebody looks at it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._adds = False
        self._before: State | None = None

    def clone(self) -> State:
        copy = State(models={key: model.clone() for key, model in self.models.items()}, real_apps=self.real_apps)
        if "apps" in self.__dict__:
            copy.__dict__["apps"] = self.apps.clone()
        copy.is_delayed = self.is_delayed
        self._before = copy
        return copy

    def add_model(self, model_state: ModelState) -> None:
        self._adding(super().add_model, model_state)

    def add_field(self, *args: Any, **kwargs: Any) -> None:
        self._adding(super().add_field, *args, **kwargs)

    def add_index(self, *args: Any) -> None:
        self._adding(super().add_index, *args)

    def add_constraint(self, *args: Any) -> None:
        self._adding(super().add_constraint, *args)

    def remove_model(self, app_label: str, model_name: str) -> None:
        self._see_all()
        super().remove_model(app_label, model_name)

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        if not self._adds:
            self._see_all()
        elif "apps" in self.__dict__:
            self.is_delayed = True
            self._reload({(app_label, model_name.lower())})  # type: ignore[attr-defined]

    def reload_models(self, models: Any, delay: bool = True) -> None:
        self._see_all()

    def _adding(self, step: Any, *args: Any, **kwargs: Any) -> None:
        self._adds = True
        try:
            step(*args, **kwargs)
        finally:
            self._adds = False

    def _see_all(self) -> None:
        """Whoever looks next sees all models whole, now and as they were before this operation."""
        for state in (self, self._before):
            if state:
                state.__dict__.pop("apps", None)
                state.is_delayed = False


class Executor(MigrationExecutor):
    def _create_project_state(self, with_applied_migrations: bool = False) -> State:
        made = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]
        return State(models=made.models, real_apps=made.real_apps)
