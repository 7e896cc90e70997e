"""Sending letters: by the worker, to the mail server that the settings name, or else to the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from cityplus import jobs
from cityplus.people.models import Letter


@jobs.job("people.letter")
def send(letter: int) -> None:
    """Send one letter; one that is gone was sent, or was too old to be of use."""
    waiting = Letter.objects.filter(pk=letter).first()
    if waiting:
        waiting.send()


class ToTerminal(BaseEmailBackend):
    """A mail backend for networks without a mail server: letters are written to standard error, to be read there."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            head = f"From: {message.from_email}\nTo: {', '.join(message.to)}\nSubject: {message.subject}"
            print(f"\n--- a letter\n{head}\n\n{message.body}\n---", file=sys.stderr, flush=True)  # noqa: T201
        return len(email_messages)
