from cityplus.events.models.agenda import Appearance, Presenter, Session
from cityplus.events.models.entrance import Attendance, Scan
from cityplus.events.models.event import Event, Organiser, Venue
from cityplus.events.models.meeting import Meeting, Side
from cityplus.events.models.party import Party, Wish
from cityplus.events.models.registration import Registration, Seat
from cityplus.events.models.steward import Steward
from cityplus.events.models.ticket import Ticket
from cityplus.events.models.timetable import Run, Timetable

__all__ = [
    "Appearance",
    "Attendance",
    "Event",
    "Meeting",
    "Organiser",
    "Party",
    "Presenter",
    "Registration",
    "Run",
    "Scan",
    "Seat",
    "Session",
    "Side",
    "Steward",
    "Ticket",
    "Timetable",
    "Venue",
    "Wish",
]
