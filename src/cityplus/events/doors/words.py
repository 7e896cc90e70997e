"""What is said at a door: for each outcome one sentence, the same on the server's page and on a phone without a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cityplus.events.models import Scan, Venue
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text

GOOD, OUT = ("entered", "again"), ("left", "outside")
SENTENCES: dict[str, Any] = {
    "entered": gettext_lazy("Welcome. One person may enter."),
    "again": gettext_lazy("Let in by hand, though this ticket is inside since %(time)s, %(hall)s."),
    "inside": gettext_lazy("This ticket entered at %(time)s, %(hall)s, and has not left."),
    "left": gettext_lazy("Has left, and may come back with the same ticket."),
    "outside": gettext_lazy("This ticket was not inside."),
    "forged": gettext_lazy("This code was not made by this network. It opens nothing."),
    "unknown": gettext_lazy("No ticket has this code. Look for the name, or register them at the door."),
    "elsewhere": gettext_lazy("This ticket is for another event."),
    "hall": gettext_lazy("This ticket is for another hall of this event. With a reason it may be let in by hand."),
    "cancelled": gettext_lazy("This registration was cancelled."),
    "refused": gettext_lazy("The organisers did not take this registration."),
    "waiting": gettext_lazy("This registration is on the waiting list."),
    "asked": gettext_lazy("The organisers have not decided on this registration yet."),
}
"""``%(time)s`` and ``%(hall)s`` are of the scan that entered before."""
HEADS: dict[str, Any] = {
    "yes": gettext_lazy("Enter"),
    "out": pgettext_lazy("somebody leaves", "Out"),
    "no": gettext_lazy("No entry"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome in words. ``kind`` is ``yes``, ``out`` or ``no``."""

    kind: str
    head: str
    sentence: str
    name: str = ""
    organisation: str = ""


def kind_of(outcome: str) -> str:
    return "yes" if outcome in GOOD else "out" if outcome in OUT else "no"


def verdict_of(scan: Scan) -> Verdict:
    """What the page says of a scan; moments by the clock of the hall in which it was made."""
    against = scan.against
    where = {
        "time": formats.clock(against.at, scan.venue.time_zone, reader_tag()) if against else "",
        "hall": in_words(against.venue.name) if against else "",
    }
    kind, whose = kind_of(scan.outcome), scan.registration
    organisation = whose.organisation.actor.native_name if whose and whose.organisation else ""
    sentence = str(SENTENCES[scan.outcome]) % where
    return Verdict(kind, str(HEADS[kind]), sentence, whose.name if whose else "", organisation)


def for_phones(venues: list[Venue]) -> dict[str, Any]:
    """All words that a phone needs without a line, in the language of the page."""
    return {
        "sentences": {name: str(said) for name, said in SENTENCES.items()},
        "heads": {name: str(said) for name, said in HEADS.items()},
        "kinds": {name: kind_of(name) for name in SENTENCES},
        "halls": {venue.pk: in_words(venue.name) for venue in venues},
        "fresh": _("Signed by this network, and newer than the list on this phone. Welcome."),
        "kept": _("Kept on this phone; it is sent when the line is back."),
        "overtaken": _("%(name)s: another door let this ticket in before. It entered at %(time)s, %(hall)s."),
        "changed": _("%(name)s: the server says otherwise. %(sentence)s"),
        "online": _("The line is there."),
        "offline": _("No line. Scans are kept on this phone."),
        "waiting": _("Scans that wait for the line: %(count)s"),
        "gone": _("This door is not open to you any more. What was kept here has not been lost: ask the organisers."),
        "camera": _("The camera could not be opened. Type the code."),
        "list": _("Names on this phone: %(count)s, as of %(time)s."),
        "nobody": _("Nobody of this name is on the list."),
        "hand": _("Let in by hand"),
        "reason": _("Reason"),
        "inside": _("inside"),
    }


def in_words(text: Text) -> str:
    return str(text.in_language(reader_tag()))
