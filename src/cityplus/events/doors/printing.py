"""Tickets, lists of names and badges on paper. Lists and badges come in parts, so that each is set within bounds, however many come."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from cityplus.events.doors.lettering import note, of_person, set_in
from cityplus.events.models import Event, Registration, Ticket, Venue
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text
from cityplus.web.press import PressError, in_language, press, svg_code
from cityplus.web.printable import lacking

log = logging.getLogger(__name__)
TEMPLATES = Path(__file__).parents[1] / "press"
NAMES, BADGES = 1_000, 200
"""In one part: names of a list, badges (25 sheets)."""
PATIENCE = 20
_press = threading.Semaphore(1)


def paper(template: str, book: Mapping[str, Any], name: str) -> HttpResponse:
    """A paper as PDF, for nobody but who asked; one is set at a time in each process."""
    if not _press.acquire(timeout=PATIENCE):
        return _later(_("Many papers are being set at this moment. Please try again in a minute."))
    try:
        body = press(TEMPLATES / template, book, {})
    except PressError as error:
        log.error("%s could not be set: %s", template, error)
        return _later(_("The paper could not be set. Please try again later."))
    finally:
        _press.release()
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(body, content_type="application/pdf", headers=headers)


def _later(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"})


def coming(event: Event, venue: Venue) -> QuerySet[Registration]:
    """Who has a place in a hall, by name."""
    rows = Registration.objects.filter(event=event, venue=venue, state="confirmed")
    return rows.select_related("organisation__actor", "organisation__city__actor").order_by("name", "pk")


def unprinted(event: Event, venue: Venue) -> list[str]:
    """Whose badges have a mark on them, because a letter of the name, or of that of the organisation, is in no font."""
    rows = coming(event, venue).values_list("name", "organisation__actor__names")
    return [name for name, organisation in rows if lacking(name) or (organisation and lacking(str(organisation)))]


def parts(many: int, size: int) -> list[int]:
    """The numbers of the parts in which so many are printed."""
    return list(range(1, -(-many // size) + 1))


def ticket_book(row: Registration) -> dict[str, Any]:
    ticket = Ticket.of(row)
    who = {
        "name": of_person(row.name),
        "organisation": _both(row.organisation.actor.names) if row.organisation else [],
    }
    return {
        **_head(row.event, row.venue),
        **who,
        "note": note(who),
        "address": row.venue.address,
        "access": _said(row.venue.access),
        "bring": _said(row.event.bring),
        "qr": svg_code(ticket.scanned(row.event_id)),
        "typed": ticket.typed(),
        "words": {
            "ticket": _("Ticket"),
            "once": _("This ticket lets one person in. Show it on a screen or on paper; show it to nobody else."),
            "typed": _("If the code cannot be read, these letters can be typed:"),
            "access": _("Getting in"),
            "bring": _("What to bring"),
        },
    }


def list_book(event: Event, venue: Venue, part: int) -> dict[str, Any]:
    rows = [
        {
            "name": of_person(row.name),
            "organisation": _both(row.organisation.actor.names)[:1] if row.organisation else [],
        }
        for row in coming(event, venue)[(part - 1) * NAMES : part * NAMES]
    ]
    return {
        **_head(event, venue),
        "words": {"name": _("Name of the guest"), "organisation": _("Organisation"), "came": _("Came")},
        "rows": rows,
        "note": note(rows),
    }


def badge_book(event: Event, venue: Venue, part: int) -> dict[str, Any]:
    rows = list(coming(event, venue)[(part - 1) * BADGES : part * BADGES])
    tickets = Ticket.for_all(rows)
    return {
        **_head(event, venue),
        "badges": [
            {
                "name": of_person(row.name),
                "organisation": _both(row.organisation.actor.names) if row.organisation else [],
                "city": _both(row.organisation.city.actor.names) if row.organisation else [],
                "qr": svg_code(tickets[row.pk].scanned(event.pk)),
            }
            for row in rows
        ],
    }


def _head(event: Event, venue: Venue) -> dict[str, Any]:
    cities = [hall.city for hall in event.venues.select_related("city") if hall.city]
    spoken = [city.languages[0] for city in cities if city.languages]
    return {
        **in_language(reader_tag()),
        "title": _both(event.title, spoken),
        "hall": _both(venue.name, spoken),
        "when": formats.moment(event.starts_at, venue.time_zone, reader_tag()),
    }


def _both(text: Text, spoken: Sequence[str] = ()) -> list[dict[str, Any]]:
    """A name in its own language first, then in the first languages of the cities, and in the reader's, as far as it has them."""
    found, said = ([set_in(str(text), text.original)], {str(text)}) if text else ([], set())
    for tag in dict.fromkeys((*spoken, reader_tag())):
        reading = text.read((tag,)) if text else None
        if reading and reading.language == tag and reading.text not in said:
            found.append(set_in(reading.text, tag))
            said.add(reading.text)
    return found


def _said(text: Text) -> dict[str, Any] | None:
    reading = text.read((reader_tag(),)) if text else None
    return set_in(reading.text, reading.language) if reading else None
