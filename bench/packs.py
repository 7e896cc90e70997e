"""Export and import of a city with 200 routes of ten stops, in seven languages and with 400 pictures, against the least that it
could cost: the same values through ``yaml.dump`` of libyaml, and a plain copy of the same files.

Each is a process of its own, so that its seconds and its memory are its own. The floor reads no database, checks nothing and
hashes nothing.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from PIL import Image

from bench.house import ROOT, environment, free_port

DATA = ROOT / "build" / "bench-packs"
"""Kept between runs: the city takes a minute to make."""
ROUTES, STOPS, PICTURES = 200, 10, 400
TAGS = ("nl", "en", "zh-Hans", "ar", "ja", "fr", "bg")


def main() -> None:
    if not (DATA / "filled").exists():
        shutil.rmtree(DATA, ignore_errors=True)
        (DATA / "data").mkdir(parents=True)
        print("making a city with 200 routes (a minute, once)…", flush=True)
        _measured("make")
        (DATA / "filled").touch()
    for name in ("out", "out.zip", "floor", "into"):
        shutil.rmtree(DATA / name, ignore_errors=True)
        (DATA / name).unlink(missing_ok=True) if name == "out.zip" else None
    export, packed = _measured("export", "out"), _measured("export", "out.zip")
    floor, taken = _measured("floor"), _measured("bring")
    files = [path for path in (DATA / "out").rglob("*") if path.is_file()]
    words = sum(path.stat().st_size for path in files if path.suffix == ".yaml")
    print(
        f"the pack: {len(files)} files, {words / 2**20:.1f} MB of YAML, {_size(files) - words / 2**20:.1f} MB of media"
    )
    for name, (seconds, memory) in {"export to a folder": export, "export to a zip": packed, "import": taken}.items():
        print(f"{name}: {seconds:.2f} s of CPU, {memory:.0f} MB at most; {seconds / floor[0]:.1f} times the floor")
    print(f"floor, yaml.dump and a copy: {floor[0]:.2f} s of CPU, {floor[1]:.0f} MB at most")


def _size(files: list[Path]) -> float:
    return sum(path.stat().st_size for path in files) / 2**20


def _measured(*words: str) -> tuple[float, float]:
    """Seconds of CPU and megabytes of one step; the seconds without the start of Python and Django."""
    data = DATA / ("into" if words[0] == "bring" else "data")
    env = environment(free_port(), CITYPLUS_DATA=str(data))
    done = subprocess.run(
        [sys.executable, "-m", "bench.packs", *words], env=env, cwd=ROOT, check=True, capture_output=True
    )
    seconds, memory = json.loads(done.stdout.splitlines()[-1])
    return seconds, memory


def _timed(step: Callable[[], object]) -> None:
    began = time.process_time()
    step()
    print(json.dumps([time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def _make() -> None:
    from django.core.management import call_command  # noqa: PLC0415 - the child has set Django up

    from cityplus.actors.models import Actor  # noqa: PLC0415
    from cityplus.cities.models import City  # noqa: PLC0415
    from cityplus.languages.text import Text, Version  # noqa: PLC0415
    from cityplus.media.models import Medium  # noqa: PLC0415
    from cityplus.routes.models import Route, Stop, StopMedium  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    dice = random.Random(7)  # noqa: S311

    def text(words: int) -> Text:
        return Text(
            "nl", {tag: Version(" ".join(dice.choices(SYLLABLES, k=words)), "reviewed", "Desk") for tag in TAGS}
        )

    actor = Actor.objects.create(handle="large", kind="city", names=text(1))
    city = City.objects.create(
        actor=actor, country="NL", lat=52.1, lon=4.3, time_zone="Europe/Amsterdam", languages=["nl"]
    )
    media = []
    for number in range(PICTURES):
        path = DATA / f"{number}.jpg"
        Image.frombytes("RGB", (320, 240), dice.randbytes(320 * 240 * 3)).save(path, quality=90)
        media.append(Medium.add(actor, path, f"media/{number}.jpg", credit="Bench", licence="CC0-1.0", alt=text(12)))
        path.unlink()
    for number in range(ROUTES):
        route = Route.objects.create(
            city=city, slug=f"route-{number}", title=text(4), summary=text(40), theme="sea", mode="walk",
            difficulty="easy", minutes=90, cover=media[number], state="published",
        )  # fmt: skip
        stops = [
            Stop(route=route, number=n, slug=f"stop-{n}", title=text(3), lat=52.1, lon=4.3, story=text(120), look_for=text(15),
                 access=text(15), leg_track=[[52.1 + i / 1e4, 4.3] for i in range(40)])
            for n in range(1, STOPS + 1)
        ]  # fmt: skip
        Stop.objects.bulk_create(stops)
        StopMedium.objects.bulk_create(StopMedium(stop=stop, medium=dice.choice(media)) for stop in stops)


SYLLABLES = [
    "de",
    "zee",
    "het",
    "licht",
    "van",
    "toren",
    "straat",
    "haven",
    "brug",
    "water",
    "wind",
    "duin",
    "plein",
    "gracht",
    "tram",
    "vijver",
    "海",
    "光",
    "城",
    "塔",
    "橋",
    "風",
    "مدينة",
    "بحر",
]


def _floor() -> None:
    """What any export must do: words into files, and the files of the media beside them."""
    documents = {
        path.relative_to(DATA / "out"): yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
        for path in (DATA / "out").rglob("*.yaml")
    }

    def step() -> None:
        for name, document in documents.items():
            path = DATA / "floor" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False))
        shutil.copytree(DATA / "data/media/originals", DATA / "floor/originals")

    _timed(step)


def child(step: str, target: str = "") -> None:
    """One step, in a process of its own."""
    if step == "floor":
        _floor()
        return
    from cityplus.config.cli.ready import django_ready  # noqa: PLC0415

    django_ready()
    from django.core.management import call_command  # noqa: PLC0415

    from cityplus.packs.exporting import export_city  # noqa: PLC0415
    from cityplus.packs.importing import import_packs  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    steps: dict[str, Callable[[], object]] = {
        "make": _make,
        "export": lambda: export_city("large", DATA / target),
        "bring": lambda: import_packs(DATA / "out"),
    }
    _timed(steps[step])


if __name__ == "__main__":
    os.chdir(ROOT)
    child(*sys.argv[1:])
