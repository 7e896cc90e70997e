"""Ceremonies of a city's past with something in every column, for the journeys of packs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

from cityplus.ceremonies.models import Beats, Ceremony, Guest, Item, Picture, Run
from cityplus.cities.models import City
from cityplus.languages.text import Text, Version
from cityplus.media.models import Medium
from cityplus.routes.models import Route

Fill = Callable[..., None]
WORDS = {"open": Text("bg", {"bg": Version("Сега"), "nl": Version("Nu", "reviewed", "Ann", "2026-11-22")}).as_json()}
AT = datetime(2020, 1, 2, 3, 4, 5, 678, tzinfo=UTC)


def ceremonies_of(
    city: City, other: City, route: Route, pictures: list[Medium], sound: Medium, film: Medium, fill: Fill
) -> None:
    """A launch with its run, and the opening of a route of which no record was kept."""
    launch = Ceremony.plan("launch", [city, other], by="Ann", time_zone="UTC", starts_at=AT)
    guests = [Guest.objects.create(ceremony=launch, order=n, names=Text.of("nl", nl=f"Gast {n}")) for n in range(2)]
    item = Item.objects.create(ceremony=launch, order=0, at=time(10, 30))
    for order, picture in enumerate((pictures[2], pictures[0])):
        Picture.objects.create(ceremony=launch, medium=picture, order=order)
    run = Run.objects.create(ceremony=launch, rehearsal=False, state="launched", opened_at=AT, opened_by="Ann")
    beats = Beats.take(5)
    step = run.steps.create(beat=next(beats), state="open", at=AT, by="Ann")
    palm = run.palms.create(beat=next(beats), nonce="a", guest=guests[1], how="screen", at=AT)
    run.palms.create(beat=next(beats), nonce="b", how="phone", at=AT)
    run.steps.create(beat=next(beats), state="met", at=AT)
    run.steps.create(beat=next(beats), state="launched", at=AT)
    opening = Ceremony.plan("opening", [city], by="Ann", time_zone="UTC", starts_at=AT, route=route)
    shown: dict[str, Any] = {"state": "kept", "words": WORDS, "music": sound, "recording": film}
    fill(launch, **shown, kind="launch")
    fill(opening, state="launched", words={}, kind="opening")
    for row, instead in (
        (guests[0], {}),
        (item, {"at": time(9, 5, 7)}),
        (run, {}),
        (palm, {}),
        (step, {"state": "held"}),
    ):
        fill(row, **instead)
