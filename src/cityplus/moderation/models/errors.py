from __future__ import annotations

from django.utils.translation import gettext

LONGEST = 4000
"""Characters of a reason."""


class ModerationError(ValueError):
    """What cannot be decided, reported or appealed; the message says why, in the language of the page."""


class Meanwhile(ModerationError):
    """Somebody else was quicker."""

    def __init__(self) -> None:
        super().__init__(gettext("It was decided in the meantime."))


def reason_of(text: str) -> str:
    """A reason as it is kept.

    Raises:
        ModerationError: there is none.
    """
    reason = text.strip()[:LONGEST]
    if not reason:
        raise ModerationError(gettext("Say why. The reason is told to whom it is about, and stays with the decision."))
    return reason
