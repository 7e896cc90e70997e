from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cityplus.actors.models import Actor
from cityplus.lib.lifecycle import LifeCycle
from cityplus.lib.tokens import digest_of, new_token
from cityplus.people.models.person import Person

OPEN_FOR = timedelta(days=14)


class InvitationError(ValueError):
    """An invitation that cannot be sent, answered or taken back; the message says why, in the language of the page."""


class LetterOfInvitation(models.Model):
    """What all invitations are that come by letter: whoever holds it may act for its ``host``, with a role. Of its token the database
    has the hash alone. A room makes its own of it, with a ``host``, a ``role`` and the verbs.

    An open one is ``sent``; when its time is over it stays so, and opens no more until it is sent again.
    """

    LIFE = LifeCycle("""
        sent -> sent
        sent -> accepted
        sent -> declined
        sent -> revoked
    """)
    SHOWN: tuple[str, ...] = ()
    """What a page of one reads besides."""

    email = models.EmailField()
    language = models.CharField(max_length=10, help_text="UI language of the letter")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token, in hexadecimal")
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    sent_by = models.CharField(max_length=150)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True

    @classmethod
    def of_token(cls, token: str) -> Self | None:
        """The invitation that a link leads to; none for a token that was replaced or never given."""
        return cls._default_manager.select_related(*cls.SHOWN).filter(digest=digest_of(token)).first()

    @property
    def host(self) -> Actor:
        """For whom one would act."""
        raise NotImplementedError

    @property
    def is_open(self) -> bool:
        return self.state == "sent" and timezone.now() < self.expires_at

    @property
    def standing(self) -> str:
        """The state, or ``lapsed`` when nobody answered in time."""
        return "lapsed" if self.state == "sent" and not self.is_open else self.state

    def accept(self, person: Person) -> None:
        """Have the person act for the host. Who accepts twice does so once.

        Raises:
            InvitationError: the time is over, somebody else was quicker, or the person acts for it already.
        """
        raise NotImplementedError

    def decline(self, *, by: str = "") -> None:
        """Say no. Who holds the letter may, whether they have an account or not.

        Raises:
            InvitationError: it is not open.
        """
        raise NotImplementedError

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise InvitationError(str(CLOSED[self.standing]))

    def _renew(self, by: str) -> str:
        """Give it a new token and its full time, and save it; returns the token, for the letter alone."""
        token = new_token()
        self.digest, self.sent_by, self.sent_at = digest_of(token), by, timezone.now()
        self.expires_at = self.sent_at + OPEN_FOR
        self.save()
        return token


CLOSED = {
    "accepted": gettext_lazy("This invitation was accepted already. A link opens once."),
    "declined": gettext_lazy("This invitation was declined."),
    "revoked": gettext_lazy("This invitation was taken back."),
    "lapsed": gettext_lazy("The time of this invitation is over. Ask for another letter."),
}
"""What is said to who comes with the link of an invitation that is not open."""
