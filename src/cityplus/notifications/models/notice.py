from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cityplus.people.models import Person

GROUPED = ("person", "kind", "subject", "subject_id")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, person: Person) -> NoticeQuerySet:
        return self.filter(person=person.pk)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)

    def heads(self) -> NoticeQuerySet:
        """One for each line of the page."""
        return self.filter(head=True, shown=True)

    def groups_of(self, heads: models.QuerySet[Notice]) -> NoticeQuerySet:
        """All that is unread and stands in a group with one of these heads."""
        same = {name: OuterRef(name) for name in GROUPED}
        return self.unread().filter(Exists(heads.filter(read_at=None, head=True, **same)))


class Notice(models.Model):
    """That an actor did something of a kind to a subject, said to one person: once, however often it is told.

    Subject and actor are kept by their numbers and may be gone: then there is nothing to say. ``actor`` 0 is the network itself.
    ``voice`` is the actor for whom the person gets it, such as a city whose team they are in; 0: for themselves. ``head`` marks
    the newest of each group: of the notices of one kind about one subject that are unread, or were read at one moment.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices", db_index=False)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    actor = models.BigIntegerField(default=0, db_index=True)
    voice = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    given_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True, help_text="when a digest has dealt with it")
    shown = models.BooleanField(default=True, help_text="whether the person wanted this kind in the page when it came")
    head = models.BooleanField(default=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "subject", "subject_id", "actor"], name="notifications_never_twice"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "read_at", "-id"], condition=Q(head=True, shown=True), name="notifications_bell"
            ),
            models.Index(fields=["person", "-id"], condition=Q(head=True, shown=True), name="notifications_page"),
            models.Index(
                fields=["person"],
                condition=Q(read_at__isnull=True, mailed_at__isnull=True),
                name="notifications_unmailed",
            ),
            models.Index(fields=["read_at"], condition=Q(read_at__isnull=False), name="notifications_read"),
            models.Index(fields=["given_at"], condition=Q(shown=False), name="notifications_unshown"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject}:{self.subject_id} to {self.person_id}"

    @property
    def key(self) -> tuple[str, str, int, datetime | None]:
        """What the notices of a group have in common."""
        return self.kind, self.subject, self.subject_id, self.read_at

    @classmethod
    def read(cls, person: Person, through: int, *, only: bool = False, kind: str = "") -> int:
        """Mark as read the groups up to this head (of a kind), or that one only; returns how many notices that were. A group to
        which something came since stays as it is: that was not seen yet."""
        with transaction.atomic():
            queue_for([person.pk])
            asked: dict[str, Any] = {"pk": through} if only else {"pk__lte": through}
            heads = cls.objects.of(person).heads().filter(**asked, **({"kind": kind} if kind else {}))
            return cls.objects.of(person).groups_of(heads).update(read_at=timezone.now())


def queue_for(people: list[int]) -> None:
    """Have the notices of these people to oneself until the transaction ends: their groups are changed by one at a time."""
    rows = Person.objects.filter(pk__in=people).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
