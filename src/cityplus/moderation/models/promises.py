from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone

from cityplus.moderation.models.rules import Edition
from cityplus.people.models import Person


class Acceptance(models.Model):
    """Somebody has accepted an edition of the rules, at this moment."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="acceptances")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="acceptances")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "edition"], name="moderation_accepts_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.edition}"

    @classmethod
    def give(cls, person: Person, edition: Edition) -> Acceptance:
        """Accept; who accepts twice has done it the first time."""
        with transaction.atomic():
            given, _ = cls.objects.get_or_create(person=person, edition=edition, defaults={"at": timezone.now()})
        return given

    @classmethod
    def missing(cls, person: Person) -> Edition | None:
        """The edition that this person has yet to accept; None when they have, or there are no rules."""
        edition = Edition.in_force()
        if edition is None or cls.objects.filter(person=person, edition=edition).exists():
            return None
        return edition


class OldEnough(models.Model):
    """Somebody said to be at least ``age`` years old, at this moment. The day of their birth is kept nowhere."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="old_enough")
    age = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "old enough"

    def __str__(self) -> str:
        return f"{self.person}: {self.age}"

    @classmethod
    def say(cls, person: Person, age: int) -> None:
        cls.objects.get_or_create(person=person, defaults={"age": age, "at": timezone.now()})
