from __future__ import annotations

from typing import Any

from django.db import models, transaction

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
        with transaction.atomic():
            locked = event.locked_to_change()
            last = locked.questions.aggregate(n=models.Max("place"))["n"] or 0
            made = cls.objects.create(event=locked, place=last + 1, **facts)
            locked.changed("question_asked", by, question=made.pk)
        return made

    def change(self, *, by: str, **facts: Any) -> None:
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
        return [line.strip() for line in options.in_language(tag).splitlines() if line.strip()]

    def said(self, answer: Any, tag: str) -> str:
        """An answer in words."""
        if self.kind == self.Kind.CHOICE and str(answer).isdecimal():
            choices = self.choices(tag)
            return choices[int(answer)] if int(answer) < len(choices) else ""
        return "✓" if answer is True else str(answer or "")
