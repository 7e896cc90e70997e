"""The plan of a ceremony as a form: what it says, what is wrong with it, and what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus.ceremonies import words
from cityplus.ceremonies.models import Ceremony, Item
from cityplus.ceremonies.planning import programme
from cityplus.ceremonies.planning.beginning import Wrong, moment, zone_of
from cityplus.ceremonies.planning.texts import languages_of
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.languages.writing import Words, field, written
from cityplus.media.models import Medium

TEXTS: tuple[tuple[str, Any, Any, bool], ...] = (
    ("title", gettext_lazy("Title"), "", False),
    ("theme", gettext_lazy("Theme"), gettext_lazy("What the wall and the certificate say below the title"), False),
    ("place", gettext_lazy("Hall and city"), "", False),
    ("hosts", gettext_lazy("Hosts"), gettext_lazy("One a line"), True),
)
PROGRAMME = (gettext_lazy("Programme"), gettext_lazy("One point a line, the hall’s time first: 10:00 Welcome"))
MOST_PALMS, MOST_SECONDS = 100_000, 60


class Plan:
    """What is planned (or was typed, where ``data`` is given), for the desk of a ``city`` or, without one, for the office; ``errors``
    are sentences by field."""

    def __init__(self, ceremony: Ceremony, city: City | None, data: Mapping[str, str] | None = None) -> None:
        self.ceremony, self.city, self.data = ceremony, city, data
        self.tags = languages_of(ceremony)
        self.items = list(ceremony.programme.all())
        self.errors: dict[str, str] = {}

    # What the page shows

    def texts(self) -> list[Words]:
        shown = [
            self._field(name, label, getattr(self.ceremony, name), lines, hint) for name, label, hint, lines in TEXTS
        ]
        return [*shown, self._field("programme", PROGRAMME[0], programme.as_lines(self.items), True, PROGRAMME[1])]

    def steps(self) -> list[Words]:
        return [
            field(
                f"words-{step}",
                label,
                Text.from_json(self.ceremony.words.get(step)),
                self.tags,
                self.data,
                hints=words.default(step),
                error=self.errors.get(f"words-{step}", ""),
            )
            for step, (label, _sentence) in words.STEPS.items()
        ]

    def _field(self, name: str, label: Any, text: Text, lines: bool, hint: Any) -> Words:
        return field(name, label, text, self.tags, self.data, lines=lines, hint=hint, error=self.errors.get(name, ""))

    @property
    def starts(self) -> str:
        return self._said("starts", self.ceremony.starts_at.astimezone(self.ceremony.zone).strftime("%Y-%m-%dT%H:%M"))

    @property
    def time_zone(self) -> str:
        return self._said("time_zone", self.ceremony.time_zone)

    @property
    def quorum_palms(self) -> str:
        return self._said("quorum_palms", str(self.ceremony.quorum_palms))

    @property
    def countdown(self) -> str:
        return self._said("countdown", str(self.ceremony.countdown))

    @property
    def quorum_guests(self) -> bool:
        return bool(self.data.get("quorum_guests")) if self.data is not None else self.ceremony.quorum_guests

    @property
    def wall(self) -> str:
        return self._said("wall", self.ceremony.wall)

    @property
    def music(self) -> str:
        return self._said("music", str(self.ceremony.music_id or ""))

    def _said(self, name: str, kept: str) -> str:
        return self.data.get(name, "") if self.data is not None else kept

    # What it changes

    def keep(self, *, by: str) -> bool:
        """Change what is planned to what was typed; where something is wrong, nothing, and ``errors`` say what.

        Raises:
            NotNow: the ceremony is open or over.
        """
        data = self.data or {}
        values: dict[str, Any] = {
            name: found
            for name, *_rest in TEXTS
            if (found := self._text(name, getattr(self.ceremony, name), by)) is not None
        }
        lines = self._text("programme", programme.as_lines(self.items), by)
        points = self._try("programme", lambda: programme.read(lines or Text()))
        values |= self._scalars(data)
        said = {
            step: self._text(f"words-{step}", Text.from_json(self.ceremony.words.get(step)), by) for step in words.STEPS
        }
        values["words"] = {step: text.as_json() for step, text in said.items() if text}
        if self.errors:
            return False
        self.ceremony.change(by=by, **values)
        Item.settle(self.ceremony, points, by=by)
        return True

    def _text(self, name: str, before: Text, by: str) -> Text | None:
        found: Text | None = self._try(name, lambda: written(name, self.data or {}, before, self.tags, by))
        return found

    def _scalars(self, data: Mapping[str, str]) -> dict[str, Any]:
        zone = self._try("time_zone", lambda: zone_of(data.get("time_zone", ""))) or self.ceremony.time_zone
        values = {
            "time_zone": zone,
            "starts_at": self._try("starts", lambda: moment(data.get("starts", ""), zone)),
            "quorum_guests": bool(data.get("quorum_guests")),
            "quorum_palms": self._whole("quorum_palms", 0, MOST_PALMS),
            "countdown": self._whole("countdown", 0, MOST_SECONDS),
            "wall": data.get("wall", ""),
            "music_id": self._sound(data.get("music", "")),
        }
        if values["wall"] not in Ceremony.Wall.values:
            self.errors["wall"] = _("Choose how the wall looks.")
        if not values["quorum_guests"] and not values["quorum_palms"]:
            self.errors.setdefault(
                "quorum_palms", _("Say what the launch waits for: the guests, a number of palms, or both.")
            )
        return values

    def _whole(self, name: str, least: int, most: int) -> int:
        said = (self.data or {}).get(name, "").strip()
        if said.isascii() and said.isdecimal() and len(said) < 9 and least <= int(said) <= most:
            return int(said)
        self.errors[name] = _("Give a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
        return least

    def sounds(self) -> list[Medium]:
        """The sounds of its cities (at a desk, of that city), of which one may be its music, and the one that is."""
        sounds = Medium.objects.filter(kind="sound")
        owners = {"owner__city": self.city} if self.city else {"owner__city__in": self.ceremony.cities_in_order}
        found = list(sounds.filter(**owners).distinct().order_by("name")[:200])
        chosen = sounds.filter(pk=self.ceremony.music_id or 0).exclude(pk__in=[one.pk for one in found])
        return [*found, *chosen]

    def _sound(self, said: str) -> int | None:
        known = {str(medium.pk): medium.pk for medium in self.sounds()}
        if said and said not in known:
            self.errors["music"] = _("Choose a sound of one of the cities.")
        return known.get(said)

    def _try(self, name: str, read: Any) -> Any:
        try:
            return read()
        except Wrong as problem:
            self.errors[problem.field] = str(problem)
        except ValueError as problem:
            self.errors[name] = str(problem)
        return None
