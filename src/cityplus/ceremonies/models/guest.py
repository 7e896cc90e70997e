from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus.ceremonies.models.ceremony import Ceremony, NotNow
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text


class Guest(models.Model):
    """A guest of honour, in order of precedence. Whose palm the quorum needs is ``needed``. ``linked_by`` says who has given the guest
    their link, and ``linked_at`` when; as long as nobody did, it waits at the desk."""

    ceremony = models.ForeignKey(Ceremony, on_delete=models.CASCADE, related_name="guests")
    order = models.PositiveSmallIntegerField(default=0)
    names = MultilingualField()
    title = MultilingualField()
    needed = models.BooleanField(default=True)
    linked_at = models.DateTimeField(null=True, blank=True)
    linked_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.names} ({self.ceremony})"

    @classmethod
    def invite(cls, ceremony: Ceremony, *, by: str, names: Text, title: Text, needed: bool) -> Self:
        """Put a guest at the end of the order.

        Raises:
            NotNow: the ceremony is open or over.
        """
        with ceremony.changing("guests", by=by) as held:
            last = held.guests.aggregate(n=models.Max("order"))["n"]
            place = 0 if last is None else last + 1
            return cls.objects.create(ceremony=held, order=place, names=names, title=title, needed=needed)

    def change(self, *, by: str, names: Text, title: Text, needed: bool) -> None:
        """Say who the guest is; the same again changes nothing."""
        if (self.names, self.title, self.needed) == (names, title, needed):
            return
        with self.ceremony.changing("guests", by=by):
            self.names, self.title, self.needed = names, title, needed
            self.save(update_fields=["names", "title", "needed"])

    @classmethod
    def hand_out(cls, ceremony: Ceremony, *, by: str) -> int:
        """Note that all guests have their links by now; returns how many had none before."""
        with transaction.atomic():
            new = ceremony.guests.filter(linked_at=None).update(linked_at=timezone.now(), linked_by=by)
            if new:
                ceremony.record("links", by=by, guests=new)
        return new

    def move(self, places: int, *, by: str) -> None:
        """Move so many places down the order of precedence, or up; not beyond its ends."""
        with self.ceremony.changing("guests", by=by) as held:
            order = list(held.guests.all())
            here = next(n for n, guest in enumerate(order) if guest.pk == self.pk)
            order.insert(max(0, min(here + places, len(order) - 1)), order.pop(here))
            for number, guest in enumerate(order):
                guest.order = number
            Guest.objects.bulk_update(order, ["order"])
        self.refresh_from_db()

    def remove(self, *, by: str) -> None:
        """Take a guest off the list.

        Raises:
            NotNow: a palm of theirs is kept, be it of a rehearsal.
        """
        with self.ceremony.changing("guests", by=by):
            if self.palms.exists():
                raise NotNow(_("This guest has pressed in a rehearsal. Wipe the rehearsal first."))
            self.delete()


class Item(models.Model):
    """One point of the programme; ``at`` is the hall's clock."""

    ceremony = models.ForeignKey(Ceremony, on_delete=models.CASCADE, related_name="programme")
    order = models.PositiveSmallIntegerField(default=0)
    at = models.TimeField(null=True, blank=True)
    words = MultilingualField()

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.words} ({self.ceremony})"

    @classmethod
    def settle(cls, ceremony: Ceremony, items: Sequence[tuple[time | None, Text]], *, by: str) -> None:
        """Make these the programme, in this order; the same again changes nothing."""
        if [(item.at, item.words) for item in ceremony.programme.all()] == list(items):
            return
        with ceremony.changing("programme", by=by) as held:
            held.programme.all().delete()
            Item.objects.bulk_create(
                Item(ceremony=held, order=n, at=at, words=words) for n, (at, words) in enumerate(items)
            )
