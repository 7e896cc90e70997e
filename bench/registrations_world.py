"""Makes an event in a bench network that many are about to register for, as organisers make one: two halls, sessions, questions.

``python -m bench.registrations_world 4000 2000 1000`` (places of each hall, and of each session) prints
``{"page", "event", "halls", "sessions", "questions"}``.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from typing import Any


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cityplus.config.settings")
    import django  # noqa: PLC0415

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from cityplus.cities.models import City  # noqa: PLC0415
    from cityplus.events.models import Event, Question, Session  # noqa: PLC0415
    from cityplus.languages.text import Text  # noqa: PLC0415

    *places, seats = map(int, sys.argv[1:])
    city, begins = City.objects.get(actor__handle="thehague"), timezone.now() + timedelta(days=30)
    hours: dict[str, Any] = {"starts_at": begins, "ends_at": begins + timedelta(hours=8)}
    event = Event.plan(
        city.actor, by="bench", slug="rush", kind="promotion", title=Text.of("en", en="The rush"), **hours
    )
    halls = [
        event.add_venue(
            by="bench", city=city, name=Text.of("en", en=f"Hall {n}"), time_zone="Europe/Amsterdam", capacity=many
        )
        for n, many in enumerate(places)
    ]
    sessions = [
        Session.add(event, by="bench", title=Text.of("en", en=f"Talk {n}"), capacity=seats, **hours) for n in range(4)
    ]
    food: dict[str, Any] = {"options": Text.of("en", en="Fish\nRice"), "required": True}
    questions = [
        Question.ask(event, by="bench", kind="choice", words=Text.of("en", en="What do you eat?"), **food),
        Question.ask(event, by="bench", kind="line", words=Text.of("en", en="Whom do you want to meet?")),
    ]
    event.publish(by="bench")
    told = {name: [one.pk for one in rows] for name, rows in (("halls", halls), ("sessions", sessions))}
    page = event.get_absolute_url()
    print(json.dumps({**told, "questions": [one.pk for one in questions], "page": page, "event": event.pk}))


main()
