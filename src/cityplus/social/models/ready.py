from __future__ import annotations

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.cities.models import City
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text
from cityplus.social.errors import SocialError
from cityplus.social.writing import LONGEST

PLACES = ("{name}", "{city}")
"""What is filled in when it is used: the name of who is answered, and that of the city."""


class ReadyAnswer(models.Model):
    """What a city's team says often, kept in the languages in which it says it. ``used`` counts how often it was posted."""

    MOST = 200

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="ready_answers")
    title = models.CharField(max_length=100)
    text = MultilingualField()
    used = models.PositiveIntegerField(default=0)
    changed_by = models.CharField(max_length=150)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def keep(cls, city: City, title: str, text: Text, *, by: str, known: ReadyAnswer | None = None) -> ReadyAnswer:
        """Keep a new one, or change one that is known.

        Raises:
            SocialError: it has no title or no words, or there are too many.
        """
        if not (title := title.strip()[:100]):
            raise SocialError(_("Give it a title by which the team finds it."))
        if not text:
            raise SocialError(_("Write it in one language at least."))
        if any(len(version.text) > LONGEST for version in text.versions.values()):
            raise SocialError(_("An answer has at most %d characters.") % LONGEST)
        with transaction.atomic():
            if known is None and cls.objects.filter(city=city).count() >= cls.MOST:
                raise SocialError(_("A city keeps at most %d ready answers. Remove one first.") % cls.MOST)
            ready = known or cls(city=city)
            ready.title, ready.text, ready.changed_by, ready.changed_at = title, text, by, timezone.now()
            ready.save()
            journal.record("ready.kept", ready, handle=city.handle, by=by, quiet=True, title=title)
        return ready

    def drop(self, *, by: str) -> None:
        """Keep it no more."""
        with transaction.atomic():
            journal.record("ready.dropped", self, handle=self.city.handle, by=by, quiet=True, title=self.title)
            self.delete()

    def count(self) -> None:
        """It was used once more."""
        ReadyAnswer.objects.filter(pk=self.pk).update(used=F("used") + 1)

    def filled(self, names: Text) -> dict[str, str]:
        """Its versions by language, with the names of who is answered and of the city filled in for readers of that language."""
        found = {}
        for tag in self.text.languages:
            words = self.text.versions[tag].text.replace("{name}", names.in_language(tag))
            found[tag] = words.replace("{city}", self.city.actor.names.in_language(tag))
        return found
