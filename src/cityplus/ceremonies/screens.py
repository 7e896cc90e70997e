"""What the screens of a ceremony show first; from there the stream carries them on."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import segno
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from cityplus.ceremonies.models import Beats, Ceremony, Guest, Run
from cityplus.ceremonies.passes import Pass
from cityplus.ceremonies.words import wording
from cityplus.cities.models import City
from cityplus.languages.tags import UI_LANGUAGES, direction
from cityplus.languages.text import Text
from cityplus.ties.models import Tie

STEPS = ("welcome", "open", "held", "met", "launched", "ended")
"""What a screen can show: nothing yet, the states of a run, or that the ceremony is over without one."""
NEIGHBOURS = 60
"""Members whose stars stand on the globe of a wall."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a ceremony is at a beat: of the newest run, unless that was a rehearsal that ended. ``guests`` has the second at
    which each pressed, ``lights`` how many others did."""

    beat: int
    run: int = 0
    rehearsal: bool = False
    step: str = "welcome"
    at: float = 0
    due: float | None = None
    number: int = 0
    guests: Mapping[int, float] = field(default_factory=dict)
    lights: int = 0

    @property
    def palms(self) -> int:
        return self.lights + len(self.guests)


def standing(ceremony: Ceremony, *, inside: bool) -> Standing:
    """How far it is now, for who is ``inside`` (else rehearsals are not there). Nothing after ``beat`` is in it, and all before: who
    listens from there misses nothing and hears nothing twice, whatever is committed while this is read."""
    beat = Beats.newest()
    run = _run(ceremony, inside)
    step = run.steps.filter(beat__lte=beat).order_by("-beat").first() if run else None
    if run is None or step is None or (run.rehearsal and step.state == "ended"):
        over = {"called_off": "ended", "launched": "launched", "kept": "launched"}
        return Standing(beat, step=over.get(ceremony.state, "welcome"))
    palms = run.palms.filter(beat__lte=beat)
    guests = {guest: at.timestamp() for guest, at in palms.filter(guest__isnull=False).values_list("guest", "at")}
    return Standing(
        beat=beat,
        run=run.pk,
        rehearsal=run.rehearsal,
        step=step.state,
        at=step.at.timestamp(),
        due=run.due_at.timestamp() if step.state == "met" and run.due_at else None,
        number=run.number,
        guests=guests,
        lights=palms.filter(guest__isnull=True).count(),
    )


def _run(ceremony: Ceremony, inside: bool) -> Run | None:
    """The run that a screen shows: the newest. Where that was wiped there is none, and not the rehearsal before it."""
    run = ceremony.run
    if run is None or not run.rehearsal:
        return run
    wiped = ceremony.wipings.filter(run__gt=run.pk).exists()
    return run if inside and not wiped else None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in one language."""

    tag: str
    words: str

    @property
    def dir(self) -> str:
        return direction(self.tag)


def spoken(ceremony: Ceremony) -> list[str]:
    """The languages of its screens: the first of each of its cities, each once, and of a single language English beside it."""
    tags = [city.languages[0] for city in ceremony.cities_in_order if city.languages]
    return list(dict.fromkeys([*tags, "en"]))[:2]


def read(text: Text, tags: Sequence[str]) -> list[Phrase]:
    """The words in these languages, each that there is once; the original where there is none of them."""
    found = {text.versions[tag].text: Phrase(tag, text.versions[tag].text) for tag in tags if tag in text.versions}
    return list(found.values()) or ([Phrase(text.original, str(text))] if text else [])


def said(ceremony: Ceremony, step: str, tags: Sequence[str]) -> list[Phrase]:
    """What the wall reads at a step: the hosts' own words, and ours where they said nothing."""
    own = Text.from_json(ceremony.words.get(step))
    return read(own, tags) or read(wording({}, step), tags)


def both(words: Any, tags: Sequence[str]) -> list[Phrase]:
    """Words of our own in each of these languages that we speak."""
    found: dict[str, Phrase] = {}
    for tag in tags:
        code = next((language.code for language in UI_LANGUAGES if language.tag == tag), "en")
        with translation.override(code):
            text = str(words)
            found.setdefault(text, Phrase(tag if code != "en" else "en", text))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Seat:
    """A guest as the wall shows one: the own name first, then another reader's, and the titles in the languages of the hall."""

    guest: Guest
    name: Phrase | None
    second: Phrase | None
    titles: list[Phrase]
    pressed: float = 0


def seats(guests: Iterable[Guest], pressed: Mapping[int, float], tags: Sequence[str], reader: str) -> list[Seat]:
    found = []
    for guest in guests:
        names = guest.names
        name = Phrase(names.original, str(names)) if names else None
        readings = [reading for tag in (reader, *tags) if (reading := names.read((tag,)))]
        others = [Phrase(one.language, one.text) for one in readings if one.text != str(names)]
        titles = read(guest.title, tags) if guest.title else []
        found.append(Seat(guest, name, others[0] if others else None, titles, pressed.get(guest.pk, 0)))
    return found


def sky(ceremony: Ceremony) -> dict[str, Any]:
    """The stars and lines of the globe: the city whose ceremony it is, its friends, and other members; degrees, and hues of cities."""
    first = ceremony.cities_in_order[0]
    others = City.objects.public().exclude(pk=first.pk)[:NEIGHBOURS]
    ties = Tie.objects.filter(state="accepted").of(first).select_related("first", "second")[:NEIGHBOURS]
    friends = [tie.second if tie.first_id == first.pk else tie.first for tie in ties]
    return {
        "place": [first.lat, first.lon],
        "hue": first.hue,
        "cities": [[city.lat, city.lon, city.hue] for city in {*others, *friends}],
        "ties": [[city.lat, city.lon] for city in friends],
    }


def state(seen: Pass, now: Standing, stream: str) -> dict[str, Any]:
    """What the script of a screen begins with."""
    return {
        "ceremony": seen.ceremony.pk,
        "now": timezone.now().timestamp(),
        "beat": now.beat,
        "run": now.run,
        "rehearsal": now.rehearsal,
        "step": now.step,
        "due": now.due,
        "number": now.number,
        "guests": {str(pk): at for pk, at in now.guests.items()},
        "lights": now.lights,
        "stream": f"/live/{stream}/{seen.part}/",
    }


def code(address: str) -> SafeString:
    """A code to scan as SVG, dark on white with its quiet zone."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out,
        kind="svg",
        border=3,
        xmldecl=False,
        svgns=False,
        dark="#05070f",
        light="#fff",
        omitsize=True,
        svgclass="code",
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 - drawn here
