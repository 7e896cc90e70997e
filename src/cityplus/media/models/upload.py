from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import jobs
from cityplus.actors.models import Actor
from cityplus.lib.lifecycle import LifeCycle
from cityplus.media import quota, store
from cityplus.media.bounds import MEGA, Bounds
from cityplus.media.errors import Ended, Malformed, OffsetMismatch, TooLarge
from cityplus.media.holding import rely_on
from cityplus.media.models.medium import Medium

KEPT = timedelta(hours=24)
"""How long an upload waits for its next byte."""
MOST_OPEN = 300
"""Uploads that one actor may have on their way."""
LONGEST_NAME = 200


def new_id() -> str:
    """192 bits that nobody guesses, as 32 characters for an address."""
    return secrets.token_urlsafe(24)


class Upload(models.Model):
    """A file that comes over in pieces, for an actor, sent by a person.

    ``name`` is what the sender calls the file; ``size`` and ``offset`` are bytes. ``credit`` and ``licence`` are proposed for its
    medium; ``replaces`` is the medium whose bytes it is to be. ``problem`` is the sentence that says why there is no medium, in
    ``language``.
    """

    LIFE = LifeCycle("""
        receiving -> joining -> done
        joining -> refused
        receiving -> expired
    """)

    id = models.CharField(max_length=32, primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="uploads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=LONGEST_NAME)
    size = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    credit = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="en")
    replaces = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.CASCADE, related_name="replacements")
    medium = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    problem = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return f"{self.name} for @{self.owner.handle} ({self.state})"

    @property
    def percent(self) -> int:
        return 100 * self.offset // max(self.size, 1)

    @property
    def whole(self) -> bool:
        """Whether every byte is here."""
        return self.offset == self.size

    @classmethod
    def begin(cls, owner: Actor, person: Any, *, size: int, name: str, **facts: Any) -> Upload:
        """Say that a file of so many bytes will come; they count for the actor's quota from now on.

        Raises:
            MediumError: it has no bytes or too many, the actor has no room for it, or too many uploads are on their way.
        """
        most = Bounds.now().largest
        if size < 1:
            raise Malformed(_("The file is empty."))
        if size > most:
            raise TooLarge(_("The file is too large; at most %(most)s MB are taken.") % {"most": most // MEGA})
        with transaction.atomic():
            quota.reserve(owner, size)
            if cls.objects.filter(owner=owner, state="receiving").count() >= MOST_OPEN:
                raise TooLarge(_("Too many files are on their way. Let some of them arrive first."))
            return cls.objects.create(
                owner=owner, person=person, size=size, name=name[:LONGEST_NAME], expires_at=timezone.now() + KEPT, **facts
            )  # fmt: skip

    def expect(self, offset: int) -> None:
        """See that bytes from this offset on may come now.

        Raises:
            Ended: it has expired, or was ended otherwise.
            OffsetMismatch: other bytes are expected.
        """
        if self.state == "expired" or (self.state == "receiving" and self.expires_at <= timezone.now()):
            raise Ended(_("The upload waited for too long and has ended. Please send the file again."))
        if offset != self.offset:
            raise OffsetMismatch(f"The next byte is number {self.offset}.")

    def take(self, start: int, path: Path) -> None:
        """Keep a finished file from a workbench as the bytes from ``start`` on. When this returns they are durable; the last ones
        enqueue the job that makes the medium.

        Raises:
            MediumError: another request has brought these bytes meanwhile, or the upload has ended.
        """
        size = path.stat().st_size
        # Two requests may bring the same bytes at once, so each file has a name of its own, and the row says which one counts.
        key = store.move_in(path, f"uploads/{self.pk}/{start:013}-{secrets.token_hex(4)}")
        try:
            with transaction.atomic():
                row = self._locked()
                row.expect(start)
                rely_on([key])
                row.pieces.create(start=start, size=size, key=key)
                row.offset, row.expires_at = start + size, timezone.now() + KEPT
                if row.whole:
                    row._step("joining")
                    jobs.enqueue("media.join", key=row.pk, priority=3, upload=row.pk)
                row.save()
        except (Ended, OffsetMismatch):
            store.shelf().remove(key)
            raise
        self.offset, self.expires_at, self.state = row.offset, row.expires_at, row.state

    def end(self, state: str, **facts: Any) -> None:
        """Say what became of it, in the transaction of what was written; its pieces go after the commit.

        Raises:
            LifeCycleError: it has ended already, by another worker.
        """
        with transaction.atomic():
            row = self._locked()
            row._step(state)
            for name, value in facts.items():
                setattr(row, name, value)
            row.save()
            row._drop_pieces()

    def cancel(self) -> None:
        """Forget it and all that came of it; a medium that was made stays."""
        with transaction.atomic():
            row = self._locked()
            row._drop_pieces()
            row.delete()

    def _locked(self) -> Upload:
        row = Upload.objects.select_for_update(no_key=True).filter(pk=self.pk).first()
        if row is None:
            raise Ended(_("The upload was cancelled."))
        return row

    def _step(self, state: str) -> None:
        self.LIFE.check(self.state, state)
        self.state = state

    def _drop_pieces(self) -> None:
        keys = list(self.pieces.values_list("key", flat=True))
        self.pieces.all().delete()

        def remove() -> None:
            for key in keys:
                store.shelf().remove(key)

        transaction.on_commit(remove)


class Piece(models.Model):
    """Bytes of an upload from ``start`` on, as one file of the store."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces")
    start = models.BigIntegerField()
    size = models.BigIntegerField()
    key = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["start"]
        constraints = [models.UniqueConstraint(fields=["upload", "start"], name="media_piece_start")]

    def __str__(self) -> str:
        return self.key
