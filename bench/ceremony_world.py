"""Makes a ceremony in a bench network and opens it: ``python -m bench.ceremony_world 20000`` prints ``{"ceremony", "ticket", "beat"}``."""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cityplus.config.settings")
    import django  # noqa: PLC0415

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from cityplus.actors.models import Actor  # noqa: PLC0415
    from cityplus.ceremonies.models import Beats, Ceremony, Run  # noqa: PLC0415
    from cityplus.ceremonies.tickets import Ticket  # noqa: PLC0415
    from cityplus.cities.models import City  # noqa: PLC0415
    from cityplus.languages.text import Text  # noqa: PLC0415

    names = Text.of("en", en="Bench")
    actor = Actor.objects.create(handle="bench", kind=Actor.Kind.CITY, names=names)
    city = City.objects.create(actor=actor, country="NL", lat=52, lon=4, time_zone="Europe/Amsterdam", languages=["en"])
    for stage in ("preparing", "ready"):
        city.advance(stage, by="bench")
    ceremony = Ceremony.plan(
        "launch", [city], by="bench", title=names, time_zone="Europe/Amsterdam", starts_at=timezone.now(),
        quorum_guests=False, quorum_palms=int(sys.argv[1]), announced=True,
    )  # fmt: skip
    Run.begin(ceremony, by="bench", rehearsal=False)
    print(json.dumps({"ceremony": ceremony.pk, "ticket": str(Ticket(ceremony.pk, "phone")), "beat": Beats.newest()}))


main()
