"""What the tests of packs compare: every column of every row that travels, asked of the models and not listed by hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import models

from cityplus.actors.models import Actor
from cityplus.ceremonies.models import Ceremony, Run
from cityplus.cities.models import City, Contact, Step, Strength
from cityplus.journal.models import Entry
from cityplus.media.models import Caption, Medium, Rendition
from cityplus.packs.ceremony_tables import AGREED, BEAT, KEY, NONCE
from cityplus.packs.declaring import ID, WRITTEN
from cityplus.packs.tables import TABLES
from cityplus.routes.models import Route, Stop, StopMedium
from cityplus.ties.models import Tie

TECHNICAL = {
    "actors.Actor": {"id", "made_at"},
    "cities.City": {"id"},
    "cities.Step": {"id"},
    "cities.Strength": {"id"},
    "cities.Contact": {"id"},
    "ties.Tie": {"id"},
    "routes.Route": {"id", "changed_at"},
    "routes.Stop": {"id"},
    "routes.StopMedium": {"id"},
    "media.Medium": {"id", "made_at"},
    "media.Caption": {"id"},
    "ceremonies.Ceremony": {"id", "key"},
    "ceremonies.Taking": {"id", "asked_by", "asked_at", "answered_by", "answered_at", "reason"},
    "ceremonies.Guest": {"id", "linked_at", "linked_by"},
    "ceremonies.Item": {"id"},
    "ceremonies.Picture": {"id"},
    "ceremonies.Run": {"id"},
    "ceremonies.Palm": {"id", "beat", "nonce"},
    "ceremonies.Step": {"id", "beat"},
}
"""The only columns that may differ after a journey: ids, numbers of this database, and when this server wrote. The
tables must say the same."""


def technical_of_the_tables() -> dict[str, set[str]]:
    return {
        t.model._meta.label: {n for n, why in t.left.items() if why in {ID, WRITTEN, BEAT, NONCE, KEY, AGREED}}
        for t in TABLES
    }


def whole() -> dict[str, list[str]]:
    """Every row of every model that travels: all columns but the technical ones, and names in place of ids."""
    return {
        label: sorted(str(_columns(row, technical)) for row in _model(label)._default_manager.all())
        for label, technical in TECHNICAL.items()
    }


def _model(label: str) -> type[models.Model]:
    return next(table.model for table in TABLES if table.model._meta.label == label)


def _columns(row: models.Model, technical: set[str]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name not in technical:
            value = getattr(row, field.name)
            columns[field.name] = _named(value) if isinstance(value, models.Model) else _in_order(value)
    return columns


def _named(row: models.Model) -> str:
    """What a row points to, by a name that holds no id."""
    return re.sub(r"\b(ceremony|run|palm) \d+", r"\1", str(row))


def _in_order(value: Any) -> Any:
    """A text with its versions in one order: a mapping has none, and PostgreSQL keeps its own."""
    return [*sorted(value.as_json()["versions"].items()), value.original] if hasattr(value, "as_json") else value


def empty_the_network() -> None:
    """An empty server: no row of ours, no file."""
    City.objects.update(cover=None)
    for run in Run.objects.all():  # a guest whose palm is kept is not deleted before it
        run.delete()
    Ceremony.objects.all().delete()
    models_ = (Tie, StopMedium, Stop, Route, Step, Strength, Contact, City, Caption, Rendition, Medium, Actor, Entry)
    for model in models_:
        model._default_manager.all().delete()
    for name in default_storage.listdir("originals")[0] if default_storage.exists("originals") else []:
        for file in default_storage.listdir(f"originals/{name}")[1]:
            default_storage.delete(f"originals/{name}/{file}")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its name."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
