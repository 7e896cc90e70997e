"""Nothing of a city is forgotten: each column of each model that hangs on a city is declared to travel, or not to and why."""

from __future__ import annotations

import pytest
from django.apps import apps

from cityplus.packs.columns import travels
from cityplus.packs.declaring import Table
from cityplus.packs.tables import LEFT, TABLES


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model._meta.label)
def test_every_column_is_declared_once(table: Table) -> None:
    declared = [*table.keys.values(), *table.placed, *table.left]
    columns = sorted(field.name for field in table.model._meta.concrete_fields)
    assert sorted(declared) == columns, (
        f"{table.model._meta.label}: declare {set(declared) ^ set(columns)} in packs/tables.py: a key in the pack, where "
        "else it stands there, or why it stays behind"
    )


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model._meta.label)
def test_what_is_declared_to_travel_can(table: Table) -> None:
    for key, name in table.keys.items():
        assert travels(table.column(name)), f"{key}: packs/columns.py does not know this kind of field"
    assert set(table.needed) <= set(table.keys)
    assert set(table.checks) <= set(table.keys)


def test_every_model_that_hangs_on_a_city_is_declared() -> None:
    carried = {table.model for table in TABLES}
    forgotten = set()
    for model in apps.get_models(include_auto_created=True):
        points_to = {field.related_model for field in model._meta.get_fields() if field.is_relation and field.concrete}
        if model not in carried and points_to & carried and model._meta.label not in LEFT:
            forgotten.add(model._meta.label)
    assert not forgotten, f"{forgotten}: declare a table in packs/tables.py, or say in LEFT why it stays behind"


def test_the_search_for_models_finds_those_that_are_known() -> None:
    """Were the search above blind, it would find nothing to complain of."""
    carried = {table.model for table in TABLES}
    pointing = {
        model._meta.label
        for model in apps.get_models()
        if any(
            field.is_relation and field.concrete and field.related_model in carried
            for field in model._meta.get_fields()
        )
    }
    assert {"cities.Member", "media.Rendition", "routes.Stop", "ties.Tie"} <= pointing
    assert set(LEFT) <= pointing
