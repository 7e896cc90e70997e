"""What moderation looks at before it is posted: it waits as a sheet that nobody changes."""

from __future__ import annotations

import secrets

from django.db import transaction

from cityplus import jobs, journal
from cityplus.actors.models import Actor
from cityplus.people.models import Person
from cityplus.social.composing.about import About
from cityplus.social.composing.document import WHO, Document, Item
from cityplus.social.errors import Gone, SocialError
from cityplus.social.models import Sheet
from cityplus.social.moderating import gate
from cityplus.social.speakers.reader import Reader
from cityplus.social.writing import Writing, written_in

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


def hold_writing(author: Actor, writing: Writing, *, by: str, why: str) -> Sheet:
    """The same for what was written in another form than the large one, or by a program: without a poll and an attachment. What is sent
    again while it waits is what waits already."""
    document = _document_of(writing).as_json()
    with transaction.atomic():
        journal.queue_up()  # of two that are sent at one time the second finds the first
        for waiting in Sheet.objects.filter(author=author, held_at__isnull=False):
            if waiting.document == document:
                return waiting
        sheet = Sheet.objects.create(author=author, by=by, document=document, nonce=new_nonce())
        hold(sheet, why)
    return sheet


def approve(number: int, by: str) -> None:
    """Have the worker post what was held, as who wrote it. ``by`` is the officer, of whom the journal of moderation tells."""
    del by
    if Sheet.objects.filter(pk=number, held_at__isnull=False).exists():
        jobs.enqueue("social.approved", key=str(number), priority=1, sheet=number)


def refuse(number: int, by: str) -> None:
    """Give what was held back to who wrote it, as a new sheet: if they change it and send it, it is looked at as another one."""
    del by
    with transaction.atomic():
        sheet = Sheet.objects.select_for_update(no_key=True).filter(pk=number, held_at__isnull=False).first()
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


def _document_of(writing: Writing) -> Document:
    text, note = writing.text, writing.note
    document = Document(
        written_in(text),
        text.original,
        {tag: text.versions[tag].text for tag in written_in(text)},
        {tag: note.versions[tag].text for tag in written_in(note)},
        media=[Item(medium.pk) for medium in writing.media],
    )
    for name in ("audience", *WHO):
        setattr(document, name, str(getattr(writing, name)))
    for name in ("space", "asks"):
        actor = getattr(writing, name)
        setattr(document, name, actor.handle if actor else "")
    for name in ("reply_to", "quote"):
        post = getattr(writing, name)
        setattr(document, name, post.pk if post else 0)
    return document
