from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.cities.models import City
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models.interest import GUEST, HOST, Interest
from cityplus.people.models import Person


class Care(models.Model):
    """What the desk of a city does about an interest of its place: who sees to it, and when they are reminded. ``asked_at`` is when a
    side asked the city for help: from then on its desk reads what is said, and may write."""

    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="cares")
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="cares")
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.CharField(max_length=150, blank=True)
    assigned = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    remind_at = models.DateTimeField(null=True, blank=True, db_index=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interest", "city"], name="opportunities_care_once")]

    def __str__(self) -> str:
        return f"{self.city} about {self.interest_id}"

    @staticmethod
    def cities_of(interest: Interest) -> list[City]:
        """Whose desks follow an interest: the city of the opportunity and that of the organisation."""
        return list({city.pk: city for city in (interest.opportunity.city, interest.organisation.city)}.values())

    @staticmethod
    def city_of(interest: Interest, side: str) -> City:
        return interest.opportunity.city if side == HOST else interest.organisation.city

    @classmethod
    def of(cls, interest: Interest, city: City) -> Care:
        """The care of a city, made at the first look."""
        return cls.objects.get_or_create(interest=interest, city=city)[0]

    @classmethod
    def ask(cls, interest: Interest, side: str, *, by: str) -> Care:
        """A side asks its city for help. Asking again changes nothing."""
        city = cls.city_of(interest, side)
        with transaction.atomic():
            care = cls._locked(interest, city)
            if care.asked_at is None:
                care._write("asked", by, side=side, asked_at=timezone.now(), asked_by=by)
        return care

    @classmethod
    def end(cls, interest: Interest, side: str, *, by: str) -> None:
        """The side needs the city no longer: its desk reads no further. What it read and wrote stays said."""
        with transaction.atomic():
            care = cls._locked(interest, cls.city_of(interest, side))
            if care.asked_at is not None:
                care._write("ended", by, side=side, asked_at=None, asked_by="")

    def assign(self, person: Person | None, *, by: str) -> None:
        """Say who of the team sees to it; None: nobody in particular.

        Raises:
            OpportunityError: they are not of the team.
        """
        with transaction.atomic():
            care = self._locked(self.interest, self.city)
            if person and not care.city.team.filter(person=person).exists():
                raise OpportunityError(_("Only somebody of the team can see to it."))
            if care.assigned_id != (person.pk if person else None):
                care._write("assigned", by, to=person.username if person else "", assigned=person)
        self.refresh_from_db()

    def remind(self, at: datetime | None, *, by: str) -> None:
        """Have who sees to it reminded at that moment, once; None: not at all."""
        with transaction.atomic():
            care = self._locked(self.interest, self.city)
            care._write("dated", by, until=at.isoformat() if at else "", remind_at=at, reminded_at=None)
        self.refresh_from_db()

    def come(self, now: datetime) -> bool:
        """Note that the moment has come; whether it was this time."""
        with transaction.atomic():
            care = self._locked(self.interest, self.city)
            if care.remind_at is None or care.remind_at > now or care.reminded_at:
                return False
            care._write("due", "", moment=care.remind_at.isoformat(), reminded_at=now)
        return True

    def note(self, words: str, *, by: str) -> CareNote:
        """Write something down for the team; nobody else reads it.

        Raises:
            OpportunityError: there are no words.
        """
        if not words.strip():
            raise OpportunityError(_("Write something."))
        with transaction.atomic():
            care = self._locked(self.interest, self.city)
            note = CareNote.objects.create(care=care, words=words.strip()[:2000], by=by)
            care._record("noted", by)
        return note

    @classmethod
    def _locked(cls, interest: Interest, city: City) -> Care:
        journal.queue_up()  # before the row, as in an opportunity
        care = cls.of(interest, city)
        rows = cls.objects.select_for_update(of=("self",), no_key=True).select_related("city__actor")
        return rows.get(pk=care.pk)

    def _write(self, verb: str, by: str, **facts: Any) -> None:
        columns = {name: value for name, value in facts.items() if hasattr(self, name)}
        for name, value in columns.items():
            setattr(self, name, value)
        self.save(update_fields=[*columns])
        self._record(verb, by, **{name: value for name, value in facts.items() if name not in columns})

    def _record(self, verb: str, by: str, **data: Any) -> None:
        journal.record(f"care.{verb}", self, handle=self.city.actor.handle, by=by, quiet=True, **data)


class CareNote(models.Model):
    """A note of a team about an interest that it follows."""

    care = models.ForeignKey(Care, on_delete=models.CASCADE, related_name="notes")
    words = models.TextField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.by} about {self.care_id}"


__all__ = ["GUEST", "HOST", "Care", "CareNote"]
