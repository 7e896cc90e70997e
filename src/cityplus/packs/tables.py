"""What of a city travels in a pack of the second format, column by column. **A new column is declared here**, and travels.

Each table names, for one model, the keys of the YAML and the columns they stand for (a dot groups keys: ``place.lat``), the
columns that the pack says in another way, and the columns and whole models that stay behind, with the reason. A test asks
the models and fails for whatever is named nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import models

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Contact, Step, Strength
from cityplus.languages.fields import MultilingualField
from cityplus.media.models import Caption, Medium
from cityplus.packs import checks
from cityplus.packs.columns import NameOf, said, understood
from cityplus.packs.reading import Node
from cityplus.routes.models import Route, Stop, StopMedium
from cityplus.ties.models import Tie

POSITION = "the position in its list"
FILE = "looked up in the file"
MADE = "made anew by the worker, with the renditions"
ID = "an id of this database"
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


def _own(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _degrees(most: float) -> Callable[[Node], float]:
    return lambda node: float(node.number(-most, most))


_PLACE = {"place.lat": "lat", "place.lon": "lon"}
_IN_PLACE = {"place.lat": _degrees(90), "place.lon": _degrees(180)}

ACTOR = Table(
    Actor,
    _own("handle", "names"),
    needed=frozenset({"handle", "names"}),
    placed={"kind": "always city"},
    left={"id": ID, "made_at": WRITTEN},
    checks={"handle": checks.handle},
)
CITY = Table(
    City,
    {
        **_own("number", "stage", "country"),
        **_PLACE,
        "time_zone": "time_zone",
        "population.people": "population",
        "population.year": "population_year",
        "population.scope": "population_scope",
        "population.source": "population_source",
        **_own("languages", "hue", "tagline", "profile", "cover", "sources"),
    },
    needed=frozenset({"stage", "country", "place.lat", "place.lon", "time_zone", "languages"}),
    placed={"actor": "the head of city.yaml"},
    left={"id": ID},
    checks={
        **_IN_PLACE,
        "country": checks.country,
        "time_zone": checks.zone,
        "languages": checks.tags,
        "sources": checks.words,
        "hue": lambda node: node.whole(0, 359),
    },
)
STEP = Table(
    Step,
    _own("stage", "on", "by", "note", "at"),
    needed=frozenset({"stage", "by"}),
    placed={"city": "its pack"},
    left={"id": ID},
    checks={"stage": lambda node: node.one_of(list(City.LIFE.steps)), "on": checks.day},
)
STRENGTH = Table(
    Strength,
    _own("section", "sentence"),
    needed=frozenset({"section", "sentence"}),
    placed={"city": "its pack", "order": POSITION},
    left={"id": ID},
)
CONTACT = Table(
    Contact,
    _own("kind", "value"),
    needed=frozenset({"kind", "value"}),
    placed={"city": "its pack", "order": POSITION},
    left={"id": ID},
)
TIE = Table(
    Tie,
    _own("state", "since", "source", "proposed_at", "accepted_at"),
    placed={"first": "with, and its pack", "second": "with, and its pack", "proposed_by": "proposed_by"},
    left={"id": ID},
    checks={"since": checks.since},
)
ROUTE = Table(
    Route,
    _own(
        "state", "published_at", "title", "summary", "theme", "mode", "difficulty", "minutes", "step_free", "season",
        "best_time", "cover", "film", "sources", "credit", "licence", "origin",
    ),
    needed=frozenset({"state", "title", "theme", "mode", "difficulty", "minutes"}),
    placed={"city": "its pack", "slug": "the name of its folder"},
    left={"id": ID, "changed_at": WRITTEN},
    checks={"sources": checks.words},
)  # fmt: skip
STOP = Table(
    Stop,
    {
        "title": "title",
        **_PLACE,
        "address.language": "address_language",
        "address.text": "address",
        **_own("story", "look_for", "access", "step_free", "minutes", "opening_hours", "website"),
        "leg.mode": "leg_mode",
        "leg.note": "leg_note",
        "leg.track": "leg_track",
        "sources": "sources",
    },
    needed=frozenset({"place.lat", "place.lon"}),
    placed={"route": "its folder", "number": "the head of its file's name", "slug": "the rest of its file's name"},
    left={"id": ID},
    checks={
        **_IN_PLACE,
        "address.language": lambda node: node.tag() if node.value else "",
        "opening_hours": checks.opening_hours,
        "website": checks.web_address,
        "leg.track": checks.track,
        "sources": checks.words,
    },
)
LINK = Table(
    StopMedium,
    _own("role"),
    placed={"stop": "its file", "medium": "file", "order": POSITION},
    left={"id": ID},
)
MEDIUM = Table(
    Medium,
    {
        **_own("kind", "sha256", "name", "credit", "licence", "alt", "title", "transcript", "poster"),
        "focal.x": "focal_x",
        "focal.y": "focal_y",
    },
    needed=frozenset({"kind", "credit", "licence"}),
    placed={"owner": "its pack"}
    | dict.fromkeys(("original", "bytes", "content_type", "width", "height", "seconds"), FILE),
    left={
        "id": ID,
        "made_at": WRITTEN,
        "colour": MADE,
        "first_paint": MADE,
        "found_by": "its name and words once more",
    },
    checks={
        "focal.x": lambda node: float(node.number(0, 1)),
        "focal.y": lambda node: float(node.number(0, 1)),
        "sha256": lambda node: node.word(r"[0-9a-f]{64}", "a SHA-256 in hexadecimal"),
        "licence": checks.licence,
    },
)
CAPTION = Table(
    Caption,
    _own("language", "state"),
    needed=frozenset({"language"}),
    placed={"medium": "its medium", "vtt": "file"},
    left={"id": ID},
    checks={"language": lambda node: node.tag()},
)

TABLES = (ACTOR, CITY, STEP, STRENGTH, CONTACT, TIE, ROUTE, STOP, LINK, MEDIUM, CAPTION)

LEFT = {
    "media.Rendition": MADE,
    "media.Upload": "a file on its way to becoming a medium, which has arrived or has not",
    "cities.Member": "a team is made of people, and people belong to their server: they sign in there, with their own password",
    "cities.Candidacy": "what one network office was asked and said",
    "cities.Proof": "that a site vouches for an address of this server; another server has another address",
    "cities.Invitation": "a letter to somebody, which opens on the server that sent it",
    "cities.Spoken": "the languages of the city once more, as rows; saving the city writes them",
    "cities.Rules": "what a team asks of itself before it publishes, which the next team decides anew",
    "drafts.Draft": "work in progress, which belongs to the people who are at it",
    "drafts.Version": "what a thing once was; what it is now travels",
    "packs.Export": "a pack that was asked for, whose link opens for a day",
    "translation.Term": "what teams have agreed on, often with another city; it travels as a sheet",
    "translation.Assignment": "who of a team does what, and a team stays behind",
    "translation.Errand": "a machine on its way, or one that has been",
    "routes.Delivery": "a file on its way to becoming a draft, which has arrived or has not",
}
"""Models that hang on those above and do not travel, with the reason. A whole server, people and all, travels in a backup."""
