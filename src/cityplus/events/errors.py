"""What an event does not let happen to it. The message is a sentence for who tried."""


class EventError(ValueError):
    """Something cannot be done with this event as it was asked."""


class RegistrationError(EventError):
    """Nobody can register so: it is not open, has ended, or they are registered already."""


class MeetingError(EventError):
    """Meetings of organisations cannot be arranged so: they are not taken part in, decided already, or overtaken."""


class DoorError(EventError):
    """Somebody cannot be let in so: the hall is full, or they are registered and have no place."""


class RegisteredError(RegistrationError):
    """This address has a registration for the event already."""
