from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import models, transaction
from django.utils import timezone

from cityplus import jobs

KEPT = timedelta(days=2)
"""How long a letter that cannot be sent is kept; what it leads to is dead by then."""
NOWHERE = ".invalid"
"""Addresses below it lead nowhere (RFC 2606): those of invented people, and of whoever was forgotten."""


class Letter(models.Model):
    """A letter that waits to be sent. It is gone once it is sent: it may hold a link that opens an account."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    headers = models.JSONField(default=dict, blank=True, help_text="more heads of the letter, such as List-Unsubscribe")
    calendar = models.TextField(
        blank=True, help_text="iCalendar that comes with it; its METHOD is said in the type of the part"
    )
    written_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.pk}: {self.subject}"

    @classmethod
    def post(
        cls, to: str, subject: str, text: str, html: str, headers: Mapping[str, str] | None = None, calendar: str = ""
    ) -> Letter:
        """Put a letter into the box. The worker sends it, so that nobody learns from the time of an answer whether there was one
        to send, and no answer waits for a mail server."""
        with transaction.atomic(savepoint=False):
            cls.objects.filter(written_at__lt=timezone.now() - KEPT).delete()
            words = " ".join(subject.split())
            about = {"to": to, "subject": words, "text": text, "html": html, "calendar": calendar}
            letter = cls.objects.create(**about, headers=dict(headers or {}))
            jobs.enqueue("people.letter", key=str(letter.pk), priority=jobs.URGENT, letter=letter.pk)
        return letter

    def send(self) -> None:
        """Hand it to the mail server, and forget it. Whoever dies between the two sends it twice. One that leads nowhere is forgotten
        at once.

        Raises:
            OSError: the mail server did not take it.
        """
        if self.to.endswith(NOWHERE):
            self.delete()
            return
        server = get_connection()
        message = EmailMultiAlternatives(self.subject, self.text, to=[self.to], connection=server, headers=self.headers)
        message.attach_alternative(self.html, "text/html")
        if self.calendar:
            # Once where programs look for what they put into the calendar by themselves, once as a file to open.
            method = next(line[7:] for line in self.calendar.splitlines() if line.startswith("METHOD:"))
            message.attach_alternative(self.calendar, f"text/calendar; method={method}")
            message.attach("event.ics", self.calendar, "text/calendar")
        try:
            message.send()
        finally:
            server.close()  # Django leaves a connection open whose server refused TLS
        self.delete()
