"""A small pack that is right, for tests to make wrong in one place each."""

from __future__ import annotations

from pathlib import Path

import pytest

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 20"><rect width="80" height="20" fill="#c00"/></svg>'

CITY = """\
format: cityplus-pack/1
original: nl
handle: delft
number: 10
credit: A test
licence: CC-BY-4.0
names: {nl: Delft, en: Delft}
country: NL
place: {lat: 52.0116, lon: 4.3571}
time_zone: Europe/Amsterdam
population: {people: 103581, year: 2021, scope: municipality, source: "CBS"}
languages: [nl]
launched: 2020-02-29
hue: 210
tagline:
  nl: Blauw aan het water
  en: {text: Blue by the water, state: reviewed, by: The Delft desk, at: 2026-11-22}
profile: {nl: "Een stad.", en: "A city."}
strengths:
  - {section: M, sentence: {nl: "Waterbouw.", en: "Hydraulic engineering."}}
contacts:
  - {kind: website, value: "https://www.delft.nl/"}
cover: {file: media/cover.svg, alt: {nl: "De poort", en: "The gate"}}
ties:
  - {with: shenzhen, since: "2014-11", source: "A list"}
sources: ["A book"]
"""

ROUTE = """\
format: cityplus-pack/1
original: nl
title: {nl: Langs de gracht, en: Along the canal}
summary: {nl: "Twee haltes.", en: "Two stops."}
theme: history
mode: walk
difficulty: easy
minutes: 45
step_free: {nl: "Vlak.", en: "Level."}
season: {nl: "Het hele jaar.", en: "All year."}
best_time: {nl: "Ochtend.", en: "Morning."}
cover: {file: media/cover.svg, alt: {nl: "De poort", en: "The gate"}}
"""

STOPS = {
    "01-oostpoort": """\
original: nl
title: {nl: Oostpoort, en: East Gate}
place: {lat: 52.0113, lon: 4.3705}
address: {language: nl, text: "Oostpoort 1"}
story: {nl: "De laatste poort.", en: "The last gate."}
look_for: {nl: "Kijk omhoog.", en: "Look up."}
access: {nl: "Vlak.", en: "Level."}
step_free: partial
minutes: 15
opening_hours: "24/7"
pictures:
  - {file: media/gate.svg, alt: {nl: "De poort", en: "The gate"}}
""",
    "02-markt": """\
original: nl
title: {nl: Markt, en: Market}
place: {lat: 52.0117, lon: 4.3592}
story: {nl: "Het plein.", en: "The square."}
look_for: {nl: "Luister.", en: "Listen."}
access: {nl: "Vlak.", en: "Level."}
step_free: full
website: "https://www.delft.nl/markt"
leg: {mode: walk, note: {nl: "Langs het water.", en: "Along the water."}, track: [[52.0115, 4.3650]]}
pictures: []
""",
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The folder of a pack of Delft, member number 10, with one route of two stops."""
    return write_pack(tmp_path / "packs" / "delft")


def write_pack(folder: Path) -> Path:
    (folder / "media").mkdir(parents=True)
    for name in ("cover", "gate"):
        (folder / "media" / f"{name}.svg").write_text(SVG.replace("#c00", "#0c0" if name == "gate" else "#c00"))
    (folder / "city.yaml").write_text(CITY)
    route = folder / "routes" / "along-the-canal"
    (route / "stops").mkdir(parents=True)
    (route / "route.yaml").write_text(ROUTE)
    for name, text in STOPS.items():
        (route / "stops" / f"{name}.yaml").write_text(text)
    return folder


def edit(pack: Path, file: str, old: str, new: str) -> int:
    """Replace words in one of the pack's files; returns the line on which they stood."""
    path = next(found for found in pack.rglob("*.yaml") if found.name == file)
    text = path.read_text()
    assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1
