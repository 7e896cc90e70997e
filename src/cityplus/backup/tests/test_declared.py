"""No table, no kind of column and no file of the store is forgotten when a room is added."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models

from cityplus.backup import tables
from cityplus.backup.kinds import INTO, OUT, kind_of
from cityplus.backup.tables import LEFT, BackupError, here, is_derived
from cityplus.jobs import derived
from cityplus.jobs import kinds as job_kinds
from cityplus.media.keys import keys_in_use


@pytest.mark.django_db
def test_every_table_is_kept_or_left_out_for_a_reason() -> None:
    kept = {table.name for table in here()}
    there = set(connection.introspection.table_names())
    forgotten = {name for name in there - kept if name not in LEFT and not is_derived(name)}
    assert not forgotten
    assert {"cities_city", "people_person", "jobs_job", "journal_cursor", "people_person_groups"} <= kept
    assert all(LEFT.values())


@pytest.mark.parametrize("model", apps.get_models(include_auto_created=True), ids=lambda model: model._meta.label)
def test_every_column_can_be_told_on_both_engines(model: type[models.Model]) -> None:
    for field in model._meta.local_concrete_fields:
        assert kind_of(field) in OUT
    assert OUT.keys() == INTO["sqlite"].keys() == INTO["postgresql"].keys()


def test_a_kind_of_column_that_nobody_knows_is_named() -> None:
    class Strange(models.Field):  # type: ignore[type-arg]
        def get_internal_type(self) -> str:
            return "StrangeField"

    with pytest.raises(LookupError, match=r"say in backup/kinds\.py how a StrangeField is told on both engines"):
        kind_of(Strange(name="x"))


@pytest.mark.django_db
def test_a_virtual_table_that_nobody_can_make_anew_stops_the_backup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_kinds, "_derived", dict(job_kinds._derived))
    monkeypatch.setattr(tables, "names", lambda: {"cities_city": "table", "words_index": "virtual"})
    with pytest.raises(BackupError, match="the table words_index is virtual, and no room says how it is made anew"):
        here()
    derived("words_", "words.rebuild")
    assert [table.name for table in here()] == ["cities_city"]


def test_every_column_that_holds_a_key_of_the_store_is_asked() -> None:
    """Such a column says in its help that it does; ``media.keys`` must know it."""
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if "in the store" in str(getattr(field, "help_text", ""))
    }
    assert found == {"media.Medium.original", "media.Rendition.key"}, (
        f"{keys_in_use.__module__}: add the new column there"
    )
