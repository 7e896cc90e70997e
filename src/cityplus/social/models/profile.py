from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone

from cityplus import journal
from cityplus.actors.handles import check_handle
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text
from cityplus.media.models import Medium
from cityplus.people.models import Person


class Profile(models.Model):
    """What a person shows of themselves, and by which they speak. ``languages`` are those they read, BCP 47, the best first; a
    ``locked`` one is followed only by whom it accepts. Once ``closed_at`` it shows nothing any more."""

    actor = models.OneToOneField(Actor, on_delete=models.PROTECT, related_name="profile")
    person = models.OneToOneField(Person, null=True, on_delete=models.SET_NULL, related_name="profile")
    languages = models.JSONField(default=list)
    home = models.ForeignKey(City, null=True, blank=True, on_delete=models.SET_NULL, related_name="residents")
    about = MultilingualField()
    picture = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    locked = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.actor)

    @classmethod
    def open(
        cls, person: Person | None, handle: str, names: Text, languages: list[str], home: City | None = None
    ) -> Profile:
        """Give a person a profile of their own; nobody: one that is only told of, as in a sample.

        Raises:
            ValidationError: the handle has the wrong shape or is reserved.
            IntegrityError: it is taken, or the person has a profile.
        """
        check_handle(handle)
        with transaction.atomic():
            actor = Actor.objects.create(handle=handle, kind=Actor.Kind.PERSON, names=names)
            profile = cls.objects.create(actor=actor, person=person, languages=languages, home=home)
            journal.record("profile.opened", profile, by=person.username if person else "", quiet=True)
        return profile
