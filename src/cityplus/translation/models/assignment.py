from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from cityplus import journal
from cityplus.cities.models import City
from cityplus.people.models import Person


class Assignment(models.Model):
    """A piece (a kind of draft, and the number of its thing) in one language, given to somebody of the team. One at a time: who is
    given what another has takes it over; ``done_at`` is when its person said that it is done."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="assignments")
    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    language = models.CharField(max_length=20)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assignments")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "language"],
                condition=models.Q(done_at=None),
                name="translation_one_at_work",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} {self.language}: {self.person}"

    @classmethod
    def give(cls, city: City, kind: str, subject: int, language: str, person: Person, *, by: str) -> Assignment:
        """Give a piece in a language to somebody; who has it already keeps it since when they did."""
        with transaction.atomic():
            City.objects.select_for_update(no_key=True).get(pk=city.pk)
            open_ = cls.objects.filter(kind=kind, subject_id=subject, language=language, done_at=None).first()
            if open_ and open_.person_id == person.pk:
                return open_
            if open_:
                open_.delete()
            given = cls.objects.create(
                city=city, kind=kind, subject_id=subject, language=language, person=person, by=by, at=timezone.now()
            )
            given._tell("given", by)
        return given

    def finish(self, *, by: str) -> None:
        """Say that it is done; saying it again does nothing."""
        with transaction.atomic():
            if Assignment.objects.filter(pk=self.pk, done_at=None).update(done_at=timezone.now()):
                self._tell("finished", by)
        self.refresh_from_db()

    def withdraw(self, *, by: str) -> None:
        """Give it to nobody."""
        with transaction.atomic():
            self._tell("withdrawn", by)
            self.delete()

    def _tell(self, what: str, by: str) -> None:
        data: dict[str, Any] = {"kind": self.kind, "thing": self.subject_id, "language": self.language}
        person = self.person.get_username()
        journal.record(f"assignment.{what}", self, handle=self.city.handle, by=by, person=person, **data)
