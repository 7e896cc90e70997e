"""Deeds in the network of a hall, each in a process of its own beside the server: ``python -m tests.e2e.hall_deeds open``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

STAGE, PASSWORD = "stage", "a password for the stage"


def plan() -> dict[str, Any]:
    """A launched city, one that is ready, two guests whose palms are needed, and somebody who leads it."""
    from django.utils import timezone  # noqa: PLC0415

    from cityplus.actors.models import Actor  # noqa: PLC0415
    from cityplus.ceremonies.models import Ceremony, Guest  # noqa: PLC0415
    from cityplus.ceremonies.tickets import invitation  # noqa: PLC0415
    from cityplus.cities.models import City, Member  # noqa: PLC0415
    from cityplus.languages.text import Text  # noqa: PLC0415
    from cityplus.people.models import Person  # noqa: PLC0415

    def city(handle: str, names: Text, *stages: str, **facts: Any) -> City:
        actor = Actor.objects.create(handle=handle, kind=Actor.Kind.CITY, names=names)
        made = City.objects.create(actor=actor, languages=[names.original], **facts)
        for stage in stages:
            made.advance(stage, by="test")
        return made

    hague = Text.of("nl", nl="Den Haag", en="The Hague")
    facts = {"country": "NL", "lat": 52.08, "lon": 4.3, "time_zone": "Europe/Amsterdam"}
    host = city("thehague", hague, "preparing", "ready", "launched", **facts)
    sofia = Text.of("bg", bg="София", en="Sofia", ar="صوفيا")
    facts = {"country": "BG", "lat": 42.7, "lon": 23.32, "time_zone": "Europe/Sofia"}
    next_one = city("sofia", sofia, "preparing", "ready", **facts)
    person = Person.objects.create_user(STAGE, password=PASSWORD)
    Member.objects.create(city=host, person=person, role=Member.Role.PRESENTER)
    made = Ceremony.plan(
        "launch", [next_one, host], by="test", title=Text.of("bg", bg="София изгрява", en="Sofia rises"),
        theme=Text.of("bg", bg="Под Витоша", nl="Aan de voet van Vitosha"), time_zone="Europe/Sofia",
        starts_at=timezone.now(), countdown=6, announced=True,
    )  # fmt: skip
    names = (Text.of("bg", bg="Мария Петрова", en="Mariya Petrova"), Text.of("ar", ar="ليلى حداد", en="Layla Haddad"))
    guests = [Guest.objects.create(ceremony=made, order=n, names=name) for n, name in enumerate(names)]
    keys = {"invitations": [invitation(g) for g in guests], "key": made.key}
    return {"ceremony": made.pk, "guests": [g.pk for g in guests], **keys}


def open_() -> dict[str, Any]:
    """Begin the ceremony in earnest."""
    from cityplus.ceremonies.models import Ceremony, Run  # noqa: PLC0415

    return {"run": Run.begin(Ceremony.objects.get(), by="test", rehearsal=False).pk}


def rehearse() -> dict[str, Any]:
    """Begin a rehearsal."""
    from cityplus.ceremonies.models import Ceremony, Run  # noqa: PLC0415

    return {"run": Run.begin(Ceremony.objects.get(), by="test", rehearsal=True).pk}


def wipe() -> dict[str, Any]:
    """End the rehearsal, where it goes on, and forget it."""
    from cityplus.ceremonies.models import Run  # noqa: PLC0415

    run = Run.objects.get()
    if run.state in Run.GOING:
        run.call_off(by="test", reason="")
    run.wipe(by="test")
    return {}


def hold() -> dict[str, Any]:
    """Hold what goes on."""
    from cityplus.ceremonies.models import Run  # noqa: PLC0415

    Run.objects.get(state="open").hold(by="test", reason="A microphone.")
    return {}


def call_off() -> dict[str, Any]:
    """Call it off before everybody."""
    from cityplus.ceremonies.models import Run  # noqa: PLC0415

    Run.objects.get(state__in=Run.GOING).call_off(by="test", reason="A storm.")
    return {}


def music() -> dict[str, Any]:
    """Give the wall a sound of ten seconds."""
    import tempfile  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    from django.core.files.base import ContentFile  # noqa: PLC0415
    from django.core.files.storage import default_storage  # noqa: PLC0415

    from cityplus.ceremonies.models import Ceremony  # noqa: PLC0415
    from cityplus.media.models import Medium, Rendition  # noqa: PLC0415
    from cityplus.media.tests.conftest import make  # noqa: PLC0415

    ceremony, key = Ceremony.objects.get(), "renditions/0123456789abcdef/sound.opus"
    with tempfile.TemporaryDirectory() as folder:
        sound = make(Path(folder) / "sound.opus", "-f", "lavfi", "-i", "sine=duration=10").read_bytes()
    default_storage.save(key, ContentFile(sound))
    facts = {"credit": "us", "licence": "CC0-1.0", "bytes": 1, "content_type": "audio/ogg", "original": "originals/no"}
    owner = ceremony.cities_in_order[0].actor
    medium = Medium.objects.create(owner=owner, kind="sound", name="music.opus", sha256="0" * 64, **facts)
    Rendition.objects.create(medium=medium, content_type="audio/ogg", bytes=len(sound), key=key)
    ceremony.change(by="test", music_id=medium.pk)
    return {}


def facts() -> dict[str, Any]:
    """What the database holds."""
    from cityplus.ceremonies.models import Palm, Step  # noqa: PLC0415
    from cityplus.cities.models import City  # noqa: PLC0415

    city = City.objects.get(actor__handle="sofia")
    return {
        "palms": list(Palm.objects.values_list("beat", flat=True)),
        "guests": list(Palm.objects.filter(guest__isnull=False).values_list("guest", flat=True)),
        "steps": list(Step.objects.values_list("state", flat=True)),
        "stage": city.stage,
        "number": city.number,
    }


DEEDS: dict[str, Callable[[], dict[str, Any]]] = {
    "plan": plan,
    "open": open_,
    "rehearse": rehearse,
    "wipe": wipe,
    "music": music,
    "hold": hold,
    "call_off": call_off,
    "facts": facts,
}


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "cityplus.config.settings"
    import django  # noqa: PLC0415

    django.setup()
    sys.stdout.write(json.dumps(DEEDS[sys.argv[1]]()))


if __name__ == "__main__":
    main()
