from cityplus.events.models.afterwards import CalendarKey, Paper, Picture, Reminder
from cityplus.events.models.agenda import Appearance, Clip, Presenter, Session
from cityplus.events.models.entrance import Attendance, Scan
from cityplus.events.models.event import Event
from cityplus.events.models.meeting import Meeting, Side
from cityplus.events.models.organiser import Organiser
from cityplus.events.models.party import Party, Wish
from cityplus.events.models.question import Question
from cityplus.events.models.registration import Registration, Seat
from cityplus.events.models.steward import Steward
from cityplus.events.models.ticket import OldCode, Ticket
from cityplus.events.models.timetable import Run, Timetable
from cityplus.events.models.venue import Venue

__all__ = [
    "Appearance",
    "Attendance",
    "CalendarKey",
    "Clip",
    "Event",
    "Meeting",
    "OldCode",
    "Organiser",
    "Paper",
    "Party",
    "Picture",
    "Presenter",
    "Question",
    "Registration",
    "Reminder",
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
