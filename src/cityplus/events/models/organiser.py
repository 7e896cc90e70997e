from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.events.errors import EventError

if TYPE_CHECKING:
    from cityplus.events.models.event import Event


class OrganiserQuerySet(models.QuerySet["Organiser"]):
    def unknown(self) -> OrganiserQuerySet:
        """Those who began an event and of whom not everybody may know (any more)."""
        gone = models.Q(actor__gone_at__isnull=False)
        before = models.Q(actor__city__isnull=False) & ~models.Q(actor__city__stage__in=City.PUBLIC)
        unverified = models.Q(actor__organisation__isnull=False) & ~models.Q(actor__organisation__state="verified")
        return self.filter(gone | before | unverified, place=0)


class Organiser(models.Model):
    """An actor that holds an event. One that is asked is no organiser before it agreed. ``place`` 0 is the one that began it."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="hosting")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="hosting")
    place = models.PositiveSmallIntegerField()
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.CharField(max_length=150, blank=True)

    objects = OrganiserQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["event", "actor"], name="events_organiser_once")]

    def __str__(self) -> str:
        return f"{self.actor} of {self.event_id}"

    @property
    def is_shown(self) -> bool:
        """Whether everybody may know that it holds the event: it has agreed, and is there for everybody itself."""
        city = getattr(self.actor, "city", None)
        there = self.actor.gone_at is None and (city is None or city.stage in City.PUBLIC)
        return self.agreed_at is not None and (there or self.place == 0)

    @classmethod
    def ask(cls, event: Event, actor: Actor, *, by: str) -> Organiser:
        """Ask an actor to hold the event too; asked again nothing changes."""
        with transaction.atomic():
            event._locked()
            last = event.hosting.aggregate(n=models.Max("place"))["n"] or 0
            row, new = cls.objects.get_or_create(event=event, actor=actor, defaults={"place": last + 1, "asked_by": by})
            if new:
                event.record("organiser_asked", by, actor=actor.handle)
        return row

    def agree(self, *, by: str) -> None:
        """Hold the event too, from now on with equal rights."""
        with transaction.atomic():
            self.event._locked()
            if Organiser.objects.filter(pk=self.pk, agreed_at=None).update(agreed_at=timezone.now(), agreed_by=by):
                self.event.record("organiser_agreed", by, actor=self.actor.handle)

    def ask_no_longer(self, *, by: str) -> None:
        """Take back that it was asked.

        Raises:
            EventError: it has agreed meanwhile; who holds an event leaves by itself alone.
        """
        with transaction.atomic():
            self.event._locked()
            if Organiser.objects.filter(pk=self.pk, agreed_at__isnull=False).exists():
                raise EventError(_("It has agreed meanwhile, and holds the event with you."))
            self.leave(by=by)

    def leave(self, *, by: str) -> None:
        """Decline, or hold it no longer.

        Raises:
            EventError: it is the one that began the event, below whose address it stands.
        """
        with transaction.atomic():
            self.event._locked()
            if self.place == 0:
                raise EventError(_("Who began an event stays one of its organisers; it can be cancelled."))
            if Organiser.objects.filter(pk=self.pk).delete()[0]:
                self.event.record("organiser_left", by, actor=self.actor.handle)
