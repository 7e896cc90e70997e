"""How the leaves of a piece are grouped for people, and what each of them asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Group:
    """Leaves that belong together under a title; or the parts of a group of the shape, ``each`` of which has the leaves ``names``."""

    key: str
    title: Any
    names: Sequence[str]
    each: str = ""
    add: Any = ""
    hint: Any = ""


ROUTE = (
    Group("basics", _("Basics"), ("title", "summary", "theme", "mode", "difficulty", "minutes", "cover", "film")),
    Group("practical", _("Good to know"), ("season", "best_time", "step_free")),
    Group(
        "stops",
        _("Stops"),
        (
            "title", "story", "look_for", "media", "lat", "lon", "address", "address_language", "opening_hours", "website",
            "minutes", "step_free", "access", "leg_mode", "leg_note", "leg_track", "sources",
        ),
        each="stops",
        add=_("Add a stop"),
    ),
    Group("words", _("Sources and rights"), ("sources", "credit", "licence")),
)  # fmt: skip
PROFILE = (
    Group("basics", _("Basics"), ("names", "tagline", "profile", "cover", "languages", "hue")),
    Group(
        "strengths",
        _("What the city is good at"),
        ("section", "sentence"),
        each="strengths",
        add=_("Add a strength"),
    ),
    Group("contacts", _("How to reach the city"), ("kind", "value"), each="contacts", add=_("Add a contact")),
    Group(
        "place",
        _("Place and people"),
        (
            "country", "lat", "lon", "time_zone", "population", "population_year", "population_scope", "population_source",
        ),
    ),
    Group("sources", _("Sources"), ("sources",)),
)  # fmt: skip
LAYOUTS: Mapping[str, Sequence[Group]] = {"route": ROUTE, "profile": PROFILE}

HINTS: Mapping[str, Any] = {
    "summary": _("Two or three sentences: what one sees, and why one goes."),
    "minutes": _("The whole of it, with the visits."),
    "stops/minutes": _("How long one stays here."),
    "story": _("What one would tell a guest who stands here. Paragraphs are parted by an empty line."),
    "look_for": _("One thing that one would not see without being told."),
    "access": _("Doors, steps, surfaces, tickets: what somebody who cannot climb or see has to know."),
    "opening_hours": _("As in OpenStreetMap: Mo-Fr 09:00-17:00; Sa 10:00-14:00."),
    "address_language": _("The tag of the language, such as nl or zh-Hans."),
    "sources": _("One to a line."),
    "licence": _("An SPDX identifier, such as CC-BY-4.0."),
    "languages": _("Tags of languages, one to a line: nl, zh-Hans."),
    "lat": _("Degrees, north of the equator above zero: 52.0867."),
    "lon": _("Degrees, east of Greenwich above zero: 4.2955."),
    "country": _("Two letters, such as NL."),
    "time_zone": _("Such as Europe/Amsterdam."),
    "hue": _("A hue of the colour circle: 0 is red, 120 green, 240 blue."),
    "leg_track": _("Drawn on the map; where there is none, the way is reckoned as a straight line."),
}


def hint_of(path: str) -> str:
    """What a leaf asks for, by its path; empty where its label says it all."""
    names = path.split("/")
    inner = f"{names[0]}/{names[2]}" if len(names) > 2 else ""
    return str(HINTS.get(inner) or HINTS.get(names[2] if inner else names[0]) or "")
