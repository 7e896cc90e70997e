"""Makes an event in a bench network that is going on, with guests and two phones at its door.

``python -m bench.doors_world 1200`` (guests) prints ``{"passes", "codes", "going"}``.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cityplus.config.settings")
    import django  # noqa: PLC0415

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from cityplus.cities.models import City  # noqa: PLC0415
    from cityplus.events.doors.access import Pass  # noqa: PLC0415
    from cityplus.events.models import Event, Registration, Steward, Ticket, Venue  # noqa: PLC0415
    from cityplus.events.models.registration import digest_of  # noqa: PLC0415
    from cityplus.languages.text import Text  # noqa: PLC0415

    guests = int(sys.argv[1])
    city, now = City.objects.get(actor__handle="thehague"), timezone.now()
    begins = now - timedelta(hours=1)
    about = {"slug": "going", "kind": "promotion", "title": Text.of("en", en="going"), "starts_at": begins}
    event = Event.plan(city.actor, by="bench", **about, ends_at=begins + timedelta(hours=8))
    going = Venue.objects.create(event=event, city=city, name=Text.of("en", en="Hall"), time_zone="Europe/Amsterdam")
    event.publish(by="bench")
    guest = {"event": event, "venue": going, "language": "en", "state": "confirmed"}
    rows = [
        Registration(name=f"Guest {n}", email=f"g{n}@example.org", digest=digest_of(f"token {n}"), **guest)
        for n in range(guests)
    ]
    Registration.objects.bulk_create(rows)
    Venue.objects.filter(pk=going.pk).update(taken=guests)
    tickets = Ticket.for_all(list(Registration.objects.filter(event=going.event)))
    stewards = [Steward.appoint(going.event, f"Steward {n}", by="bench")[0] for n in range(2)]
    told = {
        "passes": [str(Pass(going.event_id, going.pk, 0, one.pk)) for one in stewards],
        "codes": [ticket.scanned(going.event_id) for ticket in tickets.values()],
        "going": going.event_id,
    }
    print(json.dumps(told))


main()
