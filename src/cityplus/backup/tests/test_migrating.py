"""The tables are made in a third of the time, and are those that the models ask for."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.management.commands import migrate
from django.db import connection, models
from django.db.migrations import AddField, AddIndex, CreateModel, RenameField
from django.db.migrations.operations.base import Operation

from cityplus.backup.management.commands.migrate import Command
from cityplus.lib.migrating import Executor, State

MODELS = [
    model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy
]


def test_the_command_is_ours() -> None:
    from django.core.management import get_commands  # noqa: PLC0415

    assert get_commands()["migrate"] == "cityplus.backup"
    assert issubclass(Command, migrate.Command)
    assert migrate.MigrationExecutor is Executor  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_every_table_has_what_its_model_asks_for() -> None:
    """The database of the tests was made by our executor, from the first migration to the last."""
    assert len(MODELS) > 100
    with connection.cursor() as cursor:
        for model in MODELS:
            table = model._meta.db_table
            there = {row.name: row.null_ok for row in connection.introspection.get_table_description(cursor, table)}
            asked = {f.column: f.null for f in model._meta.local_fields if f.column}
            assert there == asked, table
            held = connection.introspection.get_constraints(cursor, table)
            named = {thing.name for thing in (*model._meta.indexes, *model._meta.constraints)}
            assert named <= set(held), f"{table}: {named - set(held)}"
            _keys_and_uniques(model, [dict(row) for row in held.values()])


def _keys_and_uniques(model: type[models.Model], held: list[dict[str, Any]]) -> None:
    keys = {(row["columns"][0], *row["foreign_key"]) for row in held if row["foreign_key"]}
    alone = {row["columns"][0] for row in held if len(row["columns"]) == 1 and (row["unique"] or row["primary_key"])}
    looked_up = {row["columns"][0] for row in held if row["columns"] and (row["index"] or row["unique"])}
    for field in filter(lambda field: field.column, model._meta.local_fields):
        if isinstance(field, models.ForeignKey) and field.db_constraint:  # type: ignore[attr-defined]
            target = field.target_field
            assert (field.column, target.model._meta.db_table, target.column) in keys, field
        if field.unique:
            assert field.column in alone, field
        if field.db_index and not field.primary_key:  # type: ignore[attr-defined]
            assert field.column in looked_up, field


def after(state: State, *operations: Operation) -> tuple[State, State]:
    """The state before the last of these operations, and after it, as a migration keeps them."""
    before = state
    for operation in operations:
        before = state.clone()
        operation.state_forwards("told", state)
    return before, state


def made(name: str, **fields: Any) -> CreateModel:
    return CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *fields.items()])


def key(to: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(to, models.CASCADE)


def test_what_is_added_is_rendered_alone() -> None:
    state = State()
    assert not list(state.apps.get_models())
    after(state, made("City"), made("Route", city=key("told.City")))
    before = state.apps.get_model("told", "City")
    index = models.Index(fields=["length"], name="by_length")
    after(state, AddField("Route", "length", models.IntegerField(default=0)), AddIndex("Route", index))
    assert state.apps.get_model("told", "City") is before
    route = state.apps.get_model("told", "Route")
    assert {field.name for field in route._meta.fields} == {"id", "city", "length"}
    assert [one.name for one in route._meta.indexes] == ["by_length"]
    assert state.is_delayed, "what the code of a migration asks, before it looks at the models"


def test_whatever_else_is_done_sees_every_model_whole() -> None:
    """As Django's own: a key is renamed in all that refers to it, and what referred to it before is known too."""
    state = State()
    assert not list(state.apps.get_models())
    first = (made("City"), made("Route", city=key("told.City")), AddField("City", "name", models.TextField(default="")))
    old, new = after(state, *first, RenameField("City", "name", "title"))
    for each, name in ((old, "name"), (new, "title")):
        city, route = (each.apps.get_model("told", model) for model in ("City", "Route"))
        assert [relation.related_model for relation in city._meta.related_objects] == [route]
        assert route._meta.get_field("city").related_model is city
        assert name in {field.name for field in city._meta.fields}


def test_the_code_of_a_migration_sees_every_model_whole() -> None:
    state = State()
    assert not list(state.apps.get_models())
    after(state, made("City"), made("Route", city=key("told.City")), AddField("City", "name", models.TextField()))
    state.clear_delayed_apps_cache()  # as RunPython does
    city, route = (state.apps.get_model("told", name) for name in ("City", "Route"))
    assert route._meta.get_field("city").related_model is city
    assert [relation.related_model for relation in city._meta.related_objects] == [route]
