from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from cityplus.events.errors import EventError
from cityplus.events.models.event import Event
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text


class Question(models.Model):
    """What the organisers ask of who registers. Answers are kept by its key, those of a choice by the number of the choice."""

    class Kind(models.TextChoices):
        LINE = "line"
        CHOICE = "choice"
        YES = "yes"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=6, choices=Kind)
    words = MultilingualField()
    options = MultilingualField(help_text="Of a choice: one a line, as many in every language")
    required = models.BooleanField(default=False)

    class Meta:
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return str(self.words)

    @classmethod
    def ask(cls, event: Event, *, by: str, **facts: Any) -> Question:
        """Ask it of everybody who registers from now on.

        Raises:
            EventError: it is a choice, and there is nothing to choose.
        """
        _check(facts.get("kind", ""), facts.get("options", Text()))
        with transaction.atomic():
            locked = event.locked_to_change()
            last = locked.questions.aggregate(n=models.Max("place"))["n"] or 0
            made = cls.objects.create(event=locked, place=last + 1, **facts)
            locked.changed("question_asked", by, question=made.pk)
        return made

    def change(self, *, by: str, **facts: Any) -> None:
        """Ask it in other words.

        Raises:
            EventError: it is a choice, and there is nothing to choose.
        """
        _check(facts.get("kind", self.kind), facts.get("options", self.options))
        with transaction.atomic():
            event = self.event.locked_to_change()
            Question.objects.filter(pk=self.pk).update(**facts)
            event.changed("question_changed", by, question=self.pk)
        self.refresh_from_db()

    def remove(self, *, by: str) -> None:
        """Ask it no longer; what was answered stays with the registrations until it is forgotten."""
        with transaction.atomic():
            event = self.event.locked_to_change()
            Question.objects.filter(pk=self.pk).delete()
            event.changed("question_removed", by)

    def choices(self, tag: str) -> list[str]:
        """The words of the options in a language."""
        options: Text = self.options
        return _lines(options.in_language(tag))

    def said(self, answer: Any, tag: str) -> str:
        """An answer in words."""
        if self.kind == self.Kind.CHOICE and str(answer).isdecimal():
            choices = self.choices(tag)
            return choices[int(answer)] if int(answer) < len(choices) else ""
        return "✓" if answer is True else str(answer or "")


def _check(kind: str, options: Text) -> None:
    counted = {len(_lines(version.text)) for version in options.versions.values()}
    if kind == Question.Kind.CHOICE and (len(counted) != 1 or min(counted) < 2):
        raise EventError(_("Give at least two things to choose from, one a line, as many in every language."))


def _lines(said: str) -> list[str]:
    return [line.strip() for line in said.splitlines() if line.strip()]
