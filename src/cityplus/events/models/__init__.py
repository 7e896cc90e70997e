from cityplus.events.models.agenda import Appearance, Presenter, Session
from cityplus.events.models.event import Event, Organiser, Venue
from cityplus.events.models.meeting import Meeting, Side
from cityplus.events.models.party import Party, Wish
from cityplus.events.models.registration import Registration, Seat
from cityplus.events.models.timetable import Run, Timetable

__all__ = [
    "Appearance",
    "Event",
    "Meeting",
    "Organiser",
    "Party",
    "Presenter",
    "Registration",
    "Run",
    "Seat",
    "Session",
    "Side",
    "Timetable",
    "Venue",
    "Wish",
]
