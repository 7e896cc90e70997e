"""A real mail server on loopback, and what it received."""

from __future__ import annotations

import email
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from cityplus.config import env as environment
from cityplus.config.mail import mail as mail_settings


class Mailbox:
    """What a mail server received, read as a mail program reads it."""

    def __init__(self) -> None:
        self.letters: list[tuple[Envelope, EmailMessage]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append((envelope, email.message_from_bytes(content, policy=policy.default)))
        return "250 taken"


class OnFreePort(Controller):
    """Port 0 means a free one; before it is knocked at, we must know which."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_server(settings: Settings) -> Iterator[Mailbox]:
    """A mail server of our own on a free port, and the settings that name it."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    box = Mailbox()
    controller = OnFreePort(box, hostname="127.0.0.1", port=0, ready_timeout=30)
    controller.start()
    address = f"smtp://127.0.0.1:{controller.port}?tls=no"
    for name, value in mail_settings(environment.read({"CITYPLUS_MAIL": address})).items():
        setattr(settings, name, value)
    yield box
    controller.stop()
