from cityplus.events.models.agenda import Appearance, Presenter, Session
from cityplus.events.models.event import Event, Organiser, Venue
from cityplus.events.models.registration import Registration, Seat

__all__ = ["Appearance", "Event", "Organiser", "Presenter", "Registration", "Seat", "Session", "Venue"]
