"""How a table says what of a model travels: keys of the YAML and columns of the database, and what stays behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import models

from cityplus.languages.fields import MultilingualField
from cityplus.packs.columns import NameOf, said, understood
from cityplus.packs.reading import Node

POSITION = "the position in its list"
FILE = "looked up in the file"
MADE = "made anew by the worker, with the renditions"
ID = "an id of this database"
SHOWN = "how often this server has shown it otherwise"
WRITTEN = "when the row was written, which each server knows for itself"


@dataclass(frozen=True)
class Table:
    """``keys`` from YAML to column; ``needed`` the keys that must be said; ``placed`` and ``left`` the other columns, with words
    for where they stand or why they stay; ``checks`` what is understood more strictly than the column is."""

    model: type[models.Model]
    keys: Mapping[str, str]
    needed: frozenset[str] = frozenset()
    placed: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, Callable[[Node], Any]] = field(default_factory=dict)

    @property
    def required(self) -> list[str]:
        return list(dict.fromkeys(key.split(".")[0] for key in self.keys if key in self.needed))

    @property
    def optional(self) -> list[str]:
        return [key for key in dict.fromkeys(key.split(".")[0] for key in self.keys) if key not in self.required]

    def column(self, name: str) -> models.Field[Any, Any]:
        return cast("models.Field[Any, Any]", self.model._meta.get_field(name))

    def said(self, row: models.Model, original: str, name_of: NameOf) -> dict[str, Any]:
        """A row as YAML; columns that hold what they hold by default are left out."""
        out: dict[str, Any] = {}
        for key, name in self.keys.items():
            column = self.column(name)
            value = getattr(row, column.attname)
            if key not in self.needed and (value == column.get_default() or (_is_text(column) and not value)):
                continue
            group, _, inner = key.rpartition(".")
            target = out.setdefault(group, {}) if group else out
            target[inner] = said(column, value, original, name_of)
        return out

    def understood(self, top: Mapping[str, Node]) -> dict[str, Any]:
        """The columns that a mapping says, and for what it does not say, their defaults (but for moments of writing, which then
        are now)."""
        flat = self._flat(top)
        columns: dict[str, Any] = {}
        for key, name in self.keys.items():
            column = self.column(name)
            if key in flat:
                check = self.checks.get(key)
                columns[name] = check(flat[key]) if check else understood(column, flat[key])
            elif not getattr(column, "auto_now_add", False):
                columns[name] = column.get_default()
        return columns

    def _flat(self, top: Mapping[str, Node]) -> dict[str, Node]:
        flat: dict[str, Node] = {}
        for group in dict.fromkeys(key.split(".")[0] for key in self.keys):
            inner = [key.split(".")[1] for key in self.keys if key.startswith(f"{group}.")]
            if group in top and inner:
                needed = [key for key in inner if f"{group}.{key}" in self.needed]
                parts = top[group].mapping(needed, [key for key in inner if key not in needed])
                flat.update({f"{group}.{key}": node for key, node in parts.items()})
            elif group in top:
                flat[group] = top[group]
        return flat


def _is_text(column: models.Field[Any, Any]) -> bool:
    return isinstance(column, MultilingualField)


def own(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def degrees(most: float) -> Callable[[Node], float]:
    return lambda node: float(node.number(-most, most))
