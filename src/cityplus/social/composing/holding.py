"""What moderation looks at before it is posted: it waits as a sheet that nobody changes."""

from __future__ import annotations

import secrets

from django.db import transaction

from cityplus import jobs
from cityplus.people.models import Person
from cityplus.social import gate
from cityplus.social.composing.about import About
from cityplus.social.composing.document import Document
from cityplus.social.errors import Gone, SocialError
from cityplus.social.models import Sheet
from cityplus.social.reader import Reader

KIND = "sheet"
"""What a held sheet is called in the queue of moderation."""


def new_nonce() -> str:
    """By what a form is known that is sent twice."""
    return secrets.token_urlsafe(24)


def hold(sheet: Sheet, why: str) -> None:
    """Have a sheet wait, and tell moderation why."""
    with transaction.atomic():
        sheet.await_moderation()
        gate.keep(sheet, why)


def approve(number: int, by: str) -> None:
    """Have the worker post what was held, as who wrote it. ``by`` is the officer, of whom the journal of moderation tells."""
    del by
    if Sheet.objects.filter(pk=number, held_at__isnull=False).exists():
        jobs.enqueue("social.approved", key=str(number), priority=1, sheet=number)


def refuse(number: int, by: str) -> None:
    """Give what was held back to who wrote it, as a new sheet: if they change it and send it, it is looked at as another one."""
    del by
    with transaction.atomic():
        sheet = Sheet.objects.select_for_update().filter(pk=number, held_at__isnull=False).first()
        if sheet is not None:
            Sheet.objects.create(
                author_id=sheet.author_id, by=sheet.by, document=sheet.document, nonce=new_nonce(), problem="refused"
            )
            sheet.delete()


@jobs.job("social.approved")
def send_approved(sheet: int) -> None:
    """Post a sheet that was approved; what keeps it back meanwhile stands on it."""
    from cityplus.social.composing.sending import send  # noqa: PLC0415 - it holds what is not to be sent

    found = Sheet.objects.select_related("author").filter(pk=sheet, held_at__isnull=False).first()
    if found is None:
        return
    document = Document.kept(found.document)
    person = Person.objects.filter(username=found.by).first()
    about = About.of(Reader.of(person, found.author), document.reply_to, document.quote)
    try:
        if person is None or about is None:
            raise Gone("gone")
        send(document, found.author, about, person, found.nonce, judged=True)
    except SocialError as problem:
        Sheet.objects.filter(pk=found.pk).update(held_at=None)
        found.hold_back(str(problem))
