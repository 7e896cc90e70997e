from __future__ import annotations

from datetime import date

from django.db import models, transaction
from django.db.models import Sum

from cityplus import journal
from cityplus.actors.models import Actor


class Spending(models.Model):
    """How many characters of an actor's posts a machine was given to translate on one day (UTC)."""

    day = models.DateField()
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="+")
    characters = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "actor"], name="social_spending_once")]

    def __str__(self) -> str:
        return f"{self.characters} of {self.actor_id} on {self.day}"

    @classmethod
    def take(cls, actor_id: int, characters: int, day: date, *, of_all: int, of_one: int) -> bool:
        """Spend so many characters of a day's budget; false when there are not so many left, of all or of this actor's. What is
        given to machines by two workers at one time is never more than the budget."""
        with transaction.atomic():
            journal.queue_up()
            row, _ = cls.objects.select_for_update().get_or_create(day=day, actor_id=actor_id)
            spent = cls.objects.filter(day=day).aggregate(n=Sum("characters"))["n"] or 0
            if spent + characters > of_all or row.characters + characters > of_one:
                return False
            row.characters += characters
            row.save(update_fields=["characters"])
        return True
