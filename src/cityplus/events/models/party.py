from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cityplus import journal
from cityplus.cities.isic import section_of
from cityplus.events.errors import MeetingError
from cityplus.events.models.event import Venue
from cityplus.events.models.registration import Registration
from cityplus.events.models.timetable import Timetable
from cityplus.lib.matching import Level
from cityplus.organisations.models import Organisation

MUSTS, WISHES = 3, 20
"""How many one may say must of, and how many wishes one may have."""


class PartyQuerySet(models.QuerySet["Party"]):
    def present(self) -> PartyQuerySet:
        """Those who meet: nobody who left, nobody whose city took the verification back."""
        return self.filter(left_at=None, organisation__in=Organisation.objects.public())


class Party(models.Model):
    """An organisation that meets others at an event, in the hall of its registration. ``offers`` and ``seeks`` are codes of ISIC; who
    comes later or leaves earlier says so."""

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="parties")
    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="party")
    offers = models.JSONField(default=list)
    seeks = models.JSONField(default=list)
    sizes = models.JSONField(default=list, help_text="Sizes of organisations that are looked for; none: no matter")
    from_at = models.DateTimeField(null=True, blank=True)
    until_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "parties"
        constraints = [models.UniqueConstraint(fields=["timetable", "organisation"], name="events_party_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} at {self.timetable_id}"

    @property
    def venue(self) -> Venue:
        return self.registration.venue

    @classmethod
    def join(cls, timetable: Timetable, registration: Registration, *, by: str, **facts: Any) -> Party:
        """Take part in the meetings, or change what was said; who left comes back.

        Raises:
            MeetingError: the registration is not confirmed, or that of no organisation, or of another event.
            KeyError: there is no such section or division.
        """
        if registration.event_id != timetable.event_id or registration.organisation_id is None:
            raise MeetingError(_("Register the organisation for this event first."))
        for code in [*facts.get("offers", ()), *facts.get("seeks", ())]:
            section_of(code)
        with transaction.atomic():
            journal.queue_up()  # before the timetable, as arranging it does
            Timetable.objects.select_for_update(no_key=True).get(pk=timetable.pk)
            row = Registration.objects.get(pk=registration.pk)
            if row.state != "confirmed":
                raise MeetingError(_("The registration of the organisation is not confirmed."))
            told = {**facts, "registration": row, "left_at": None}
            party, new = cls.objects.update_or_create(
                timetable=timetable, organisation_id=row.organisation_id, defaults=told
            )
            party.record("joined" if new else "changed", by)
        return party

    def leave(self, *, by: str) -> None:
        """Meet nobody any more; all meetings end, and the others are told. Done again it changes nothing."""
        with transaction.atomic():
            journal.queue_up()  # before the timetable, as arranging it does
            Timetable.objects.select_for_update(no_key=True).get(pk=self.timetable_id)
            row = Party.objects.select_for_update(no_key=True).get(pk=self.pk)
            if row.left_at:
                return
            row.left_at = timezone.now()
            row.save(update_fields=["left_at"])
            row.record("left", by)
            for side in row.sides.filter(over=False).select_related("meeting"):
                side.meeting.call_off(row, "", by=by, leaving=True)
        self.refresh_from_db()

    def is_there(self, start: datetime, end: datetime) -> bool:
        return (self.from_at is None or self.from_at <= start) and (self.until_at is None or end <= self.until_at)

    def wish(self, other: Party, level: str, *, by: str) -> None:
        """Say must, want or no of meeting another; an empty level takes back what was said.

        Raises:
            MeetingError: it is oneself or somebody who does not take part, or these are too many.
        """
        if other.pk == self.pk or other.timetable_id != self.timetable_id:
            raise MeetingError(_("This organisation does not take part in the meetings."))
        with transaction.atomic():
            Party.objects.select_for_update(no_key=True).get(pk=self.pk)
            self.wishes.filter(other=other).delete()
            if level:
                self._check_room(Level(level))
                last = self.wishes.aggregate(n=models.Max("place"))["n"] or 0
                Wish.objects.create(party=self, other=other, level=Level(level).value, place=last + 1)
            self.record("wished", by, other=other.pk)

    def _check_room(self, level: Level) -> None:
        if level == Level.MUST and self.wishes.filter(level=Level.MUST).count() >= MUSTS:
            raise MeetingError(_("You can say “must” of %d organisations; make one of them a “want” first.") % MUSTS)
        if level != Level.NO and self.wishes.exclude(level=Level.NO).count() >= WISHES:
            raise MeetingError(_("You can wish for %d meetings; take one wish back first.") % WISHES)

    def prefer(self, wish: Wish, *, by: str) -> None:
        """Put a wish before all others of its level."""
        with transaction.atomic():
            Party.objects.select_for_update(no_key=True).get(pk=self.pk)
            rest = [row for row in self.in_order(self.wishes.filter(level=wish.level)) if row.pk != wish.pk]
            for place, row in enumerate([wish, *rest]):
                self.wishes.filter(pk=row.pk).update(place=place)
            self.record("wished", by, other=wish.other_id)

    def in_order(self, wishes: models.QuerySet[Wish] | None = None) -> Sequence[Wish]:
        """Its wishes as they count: must before want, and the first ones first; noes at the end."""
        rows = self.wishes.all() if wishes is None else wishes
        return sorted(rows, key=lambda row: (list(Level).index(Level(row.level)), row.place, row.pk))

    def record(self, verb: str, by: str, **data: Any) -> None:
        journal.record(f"party.{verb}", self, by=by, quiet=True, timetable=self.timetable_id, **data)


class Wish(models.Model):
    """What a party says of meeting another. Nobody is told of a no, the organisers neither."""

    LEVELS = [
        (Level.MUST, gettext_lazy("must")),
        (Level.WANT, gettext_lazy("want")),
        (Level.NO, pgettext_lazy("of a wish", "no")),
    ]

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wishes")
    other = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wished")
    level = models.CharField(max_length=4, choices=LEVELS)
    place = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "wishes"
        constraints = [models.UniqueConstraint(fields=["party", "other"], name="events_wish_once")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.level} {self.other_id}"
