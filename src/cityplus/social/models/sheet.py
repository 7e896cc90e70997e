from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cityplus import jobs, journal
from cityplus.actors.models import Actor
from cityplus.social.errors import Gone

MOST = 200
"""Sheets that one actor may have."""


class Sheet(models.Model):
    """What somebody has begun to write as an actor, as the form has it. ``by`` is the name of the person; the sheets of a city are its
    team's. At ``due_at`` it is posted by a job, as the person who set that. ``problem`` says why it was not: a word of
    :attr:`PROBLEMS`, or a sentence. From ``held_at`` on it waits for moderation, and nobody changes it."""

    PROBLEMS: ClassVar[dict[str, str | Promise]] = {
        "right": _(
            "Who had set the moment may not speak in this name any more. Look at it, and set a moment yourself."
        ),
        "gone": _("What this answers or quotes has been deleted meanwhile, or is not open to you any more."),
        "refused": _("Moderation has looked at it, and it was not posted. Their letter says why."),
        "space": _("You do not speak in the space of this pair any more."),
    }

    author = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="sheets")
    by = models.CharField(max_length=150)
    document = models.JSONField(default=dict)
    nonce = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["-changed_at", "-id"]
        indexes = [models.Index(fields=["author", "-changed_at"], name="social_sheets_of")]

    def __str__(self) -> str:
        return f"sheet {self.pk} of {self.author_id}"

    def get_absolute_url(self) -> str:
        return reverse("social:sheet", args=[self.pk])

    @property
    def says(self) -> str:
        """The problem as a sentence, empty where there is none."""
        return str(self.PROBLEMS.get(self.problem, self.problem))

    @classmethod
    def write(
        cls, author: Actor, document: dict[str, Any], *, by: str, nonce: str, voices: Collection[int]
    ) -> Sheet | None:
        """Keep what is in a form, known by its nonce; None when the form has been posted meanwhile. What was set for a moment keeps
        it: the words at that moment are what is posted. ``voices`` are the actors for whom the person may speak.

        Raises:
            Gone: the sheet of this nonce is of somebody for whom they may not.
        """
        from cityplus.social.models.sent import Sent  # noqa: PLC0415 - beside this one

        with transaction.atomic():
            journal.queue_up()  # as posting does: either this is there before the form is posted, or it hears that it was
            sheet = cls.objects.select_for_update().filter(nonce=nonce).first()
            if Sent.objects.filter(nonce=nonce).exists():
                return None
            if sheet is None:
                surplus = cls.objects.filter(author=author, due_at=None, held_at=None).values_list("pk", flat=True)[
                    MOST - 1 :
                ]
                cls.objects.filter(pk__in=list(surplus)).delete()
                sheet, _new = cls.objects.get_or_create(nonce=nonce, defaults={"author": author, "by": by})
            if sheet.author_id not in voices or sheet.held_at:
                raise Gone(_("This draft cannot be changed by you any more."))
            sheet.author, sheet.document, sheet.changed_at = author, document, timezone.now()
            sheet.by = sheet.by if sheet.due_at else by  # who set the moment answers for it
            sheet.save(update_fields=["author", "by", "document", "changed_at"])
        return sheet

    def schedule(self, moment: datetime, *, by: str) -> None:
        """Have the worker post it at a moment, as ``by``. What stands on it then is what is posted."""
        with transaction.atomic():
            sheet = self._locked()
            if sheet.held_at:
                raise Gone(_("This draft cannot be changed by you any more."))
            sheet.due_at, sheet.by, sheet.problem = moment, by, ""
            sheet.save(update_fields=["due_at", "by", "problem"])
            said = moment.isoformat()
            jobs.enqueue(
                "social.sheet", key=f"{sheet.pk}:{said}", priority=1, not_before=moment, sheet=sheet.pk, moment=said
            )
            sheet._tell("scheduled", by, at=said)
        self.due_at, self.by, self.problem = moment, by, ""

    def unschedule(self, *, by: str) -> None:
        """Have it posted by hand alone."""
        with transaction.atomic():
            sheet = self._locked()
            if sheet.due_at:
                sheet.due_at = None
                sheet.save(update_fields=["due_at"])
                sheet._tell("unscheduled", by)
        self.due_at = None

    def hold_back(self, problem: str) -> None:
        """Its moment came, and it did not go out."""
        with transaction.atomic():
            sheet = self._locked()
            sheet.due_at, sheet.problem = None, problem
            sheet.save(update_fields=["due_at", "problem"])
            sheet._tell("held", "", reason=problem)
        self.due_at, self.problem = None, problem

    def await_moderation(self) -> None:
        """It waits for who looks at it first; its moment is not kept."""
        with transaction.atomic():
            sheet = self._locked()
            sheet.held_at, sheet.due_at, sheet.problem = timezone.now(), None, ""
            sheet.save(update_fields=["held_at", "due_at", "problem"])
            sheet._tell("awaiting", sheet.by)

    def discard(self) -> None:
        """Throw it away; a second time changes nothing."""
        Sheet.objects.filter(pk=self.pk).delete()

    def _locked(self) -> Sheet:
        found = Sheet.objects.select_for_update(of=("self",)).select_related("author").filter(pk=self.pk).first()
        if found is None:
            raise Gone(_("This draft has been posted or thrown away meanwhile."))
        return found

    def _tell(self, what: str, by: str, **data: Any) -> None:
        handle = self.author.handle if self.author.kind != Actor.Kind.PERSON else ""
        journal.record(f"sheet.{what}", self, handle=handle, by=by, quiet=True, author=self.author_id, **data)
