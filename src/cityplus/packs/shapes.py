"""What a pack says, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cityplus.languages.text import Text
from cityplus.packs.reading import Node


@dataclass(frozen=True, slots=True)
class MediumShape:
    """A medium as its pack names it; ``name`` is the path inside the pack."""

    node: Node
    kind: str
    name: str
    path: Path
    credit: str
    licence: str
    alt: Text = field(default_factory=Text)
    title: Text = field(default_factory=Text)
    transcript: Text = field(default_factory=Text)
    role: str = ""
    captions: Mapping[str, str] = field(default_factory=dict)
    original: str = ""
    poster: str = ""


@dataclass(frozen=True, slots=True)
class StopShape:
    number: int
    slug: str
    title: Text
    lat: float
    lon: float
    address: str
    address_language: str
    story: Text
    look_for: Text
    access: Text
    step_free: str
    minutes: int
    opening_hours: str
    website: str
    leg_mode: str
    leg_note: Text
    leg_track: list[list[float]]
    media: tuple[MediumShape, ...]
    sources: list[str]


@dataclass(frozen=True, slots=True)
class RouteShape:
    slug: str
    title: Text
    summary: Text
    theme: str
    mode: str
    difficulty: str
    minutes: int
    step_free: Text
    season: Text
    best_time: Text
    cover: MediumShape
    film: MediumShape | None
    stops: tuple[StopShape, ...]
    sources: list[str]


@dataclass(frozen=True, slots=True)
class TieShape:
    handle: str
    since: str
    source: str


@dataclass(frozen=True, slots=True)
class CityShape:
    """A pack whole; ``at`` says where its keys stand."""

    at: Mapping[str, Node]
    handle: str
    number: int
    names: Text
    country: str
    lat: float
    lon: float
    time_zone: str
    population: int
    population_year: int
    population_scope: str
    population_source: str
    languages: list[str]
    launched: str
    hue: int
    tagline: Text
    profile: Text
    strengths: tuple[tuple[str, Text], ...]
    contacts: tuple[tuple[str, str], ...]
    cover: MediumShape
    ties: tuple[TieShape, ...]
    routes: tuple[RouteShape, ...]
    sources: list[str]
    credit: str
    licence: str
