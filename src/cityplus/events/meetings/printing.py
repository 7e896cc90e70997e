"""The meetings of a party on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from cityplus.events.meetings.reading import Line
from cityplus.events.models import Party
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text
from cityplus.web.press import in_language, line, press

TEMPLATE = Path(__file__).parents[1] / "press" / "meetings.typ"


def paper(party: Party, lines: Sequence[Line]) -> bytes:
    """An A4 page or more, in the language of the page, names in the best that there is.

    Raises:
        PressError: the press failed.
    """
    book = {
        **in_language(reader_tag()),
        "title": _said(party.timetable.event.title),
        "name": _said(party.organisation.actor.names),
        "words": {
            "none": _("No meetings are set yet."),
            "when": _("When"),
            "whom": _("With whom"),
            "where": _("Where"),
        },
        "meetings": [
            {
                "day": one.day,
                "clocks": [{"span": span, "hall": _said(hall.name)} for span, hall in one.clocks],
                "name": _said(one.other.organisation.actor.names),
                "city": _said(one.other.organisation.city.actor.names),
                "where": (_("Video line %d") if one.meeting.by_line else _("Table %d")) % one.number,
            }
            for one in lines
        ],
    }
    return press(TEMPLATE, book, {})


def _said(text: Text) -> dict[str, object]:
    reading = text.read((reader_tag(),))
    return line(reading.text, reading.language) if reading else line("", reader_tag())
