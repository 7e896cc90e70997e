from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from cityplus import journal
from cityplus.actors.handles import check_handle
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text
from cityplus.media.models import Medium
from cityplus.people.models import Person

SEEN = ("names", "about", "home", "languages", "picture")
"""What others see of a profile: where one of these changes, what was rendered of its actor is true no longer."""


class Profile(models.Model):
    """What a person shows of themselves, and by which they speak. ``languages`` are those they read, BCP 47, the best first; a
    ``locked`` one is followed only by whom it accepts; a ``findable`` one is found by search. Once ``closed_at`` it shows nothing
    any more."""

    actor = models.OneToOneField(Actor, on_delete=models.PROTECT, related_name="profile")
    person = models.OneToOneField(Person, null=True, on_delete=models.SET_NULL, related_name="profile")
    languages = models.JSONField(default=list)
    home = models.ForeignKey(City, null=True, blank=True, on_delete=models.SET_NULL, related_name="residents")
    about = MultilingualField()
    picture = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    locked = models.BooleanField(default=False)
    findable = models.BooleanField(default=False)
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
            journal.record("profile.opened", profile, by=person.username if person else "", quiet=True, actor=actor.pk)
        return profile

    def change(self, *, by: str, **values: Any) -> list[str]:
        """Change what the profile says, ``names`` (which are the actor's) among it; returns the names of what is other than it was.
        Who no longer is locked has all who asked to follow accepted."""
        with transaction.atomic():
            profile = Profile.objects.select_for_update(of=("self",)).select_related("actor").get(pk=self.pk)
            owners = {name: profile.actor if name == "names" else profile for name in values}
            changed = sorted(name for name, value in values.items() if getattr(owners[name], name) != value)
            if not changed:
                return []
            for name in changed:
                setattr(owners[name], name, values[name])
            profile.save(update_fields=[name for name in changed if name != "names"] or None)
            actor = profile.actor
            if set(changed) & set(SEEN):
                actor.revision = F("revision") + 1  # type: ignore[assignment]
            actor.save(update_fields=["names", "revision"])
            # Loud: a name or a picture that was taken back stands on kept pages.
            journal.record("profile.changed", profile, by=by, actor=actor.pk, changed=changed)
            if "locked" in changed and not profile.locked:
                profile._accept_all(by)
        self.refresh_from_db()
        return changed

    def _accept_all(self, by: str) -> None:
        for asked in self.actor.asked_by.order_by("pk"):
            asked.accept(by=by)
