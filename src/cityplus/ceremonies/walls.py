"""What the template of a wall needs, in the hall and in a replay."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cityplus.ceremonies import screens
from cityplus.ceremonies.models import Ceremony
from cityplus.cities.lights import lights
from cityplus.cities.models import City
from cityplus.languages.tags import reader_tag
from cityplus.routes.models import Route
from cityplus.web.addresses import absolute


def picture(ceremony: Ceremony, now: screens.Standing, hall: str = "") -> dict[str, Any]:
    """``hall`` is the word that the code for the phones carries, on a wall of who is inside."""
    tags = screens.spoken(ceremony)
    subject = ceremony.subject
    palm = absolute(reverse("ceremonies:palm", args=[ceremony.pk]))
    address = absolute(subject.get_absolute_url())
    return {
        "ceremony": ceremony,
        "standing": now,
        "tags": tags,
        "titles": screens.read(ceremony.title, tags),
        "themes": screens.read(ceremony.theme, tags),
        "places": screens.read(ceremony.place, tags),
        "cities": ceremony.cities_in_order,
        "words": [(step, screens.said(ceremony, step, tags)) for step in screens.STEPS],
        "seats": screens.seats(ceremony.guests.all(), now.guests, tags, reader_tag()),
        "rehearsal": screens.both(_("Rehearsal"), tags),
        "join": screens.both(_("Light a star with your phone"), tags),
        "account": _account(subject, tags),
        "address": address,
        "address_code": screens.code(address),
        "palm": palm,
        "palm_code": screens.code(f"{palm}?key={hall}" if hall else palm),
        "palm_link": f"{palm}?key={hall}" if hall else palm,
        "members": f"{reverse('members-packed')}?v={lights().version}",
    }


def _account(subject: Any, tags: list[str]) -> dict[str, Any]:
    """What appears at the launch: the names of what is live now, and what its number is called."""
    if isinstance(subject, City):
        names = [subject.actor.names]
    elif isinstance(subject, Route):
        names = [subject.title]
    else:
        names = [subject.first.actor.names, subject.second.actor.names]
    own = [screens.Phrase(text.original, str(text)) for text in names]
    seconds = [
        screens.Phrase(reader_tag(), text.in_language(reader_tag()))
        for text in names
        if text.in_language(reader_tag()) != str(text)
    ]
    return {"names": own, "seconds": seconds, "member": screens.both(_("Member of CityPlus"), tags)}
