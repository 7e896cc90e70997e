from __future__ import annotations

from typing import Any

from django.db import models, transaction

from cityplus import journal
from cityplus.cities.models.city import City


class Rules(models.Model):
    """What a city asks of itself before something is published; alt text, credit and licence of pictures are asked of every city.

    ``languages`` are BCP 47 tags in which every text must be there. ``credit`` and ``licence`` are proposed for new media.
    """

    city = models.OneToOneField(City, on_delete=models.CASCADE, related_name="rules")
    four_eyes = models.BooleanField(default=False, help_text="Somebody who has not written in a draft approves it")
    languages = models.JSONField(default=list, blank=True)
    captions = models.BooleanField(default=True, help_text="Films have captions")
    transcripts = models.BooleanField(default=True, help_text="Sounds with speech have a transcript")
    access_notes = models.BooleanField(default=False, help_text="Every stop says how one gets in")
    answer_hours = models.PositiveSmallIntegerField(
        default=72, help_text="Hours in which a question is answered; 0: none is set"
    )
    credit = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name_plural = "rules"

    def __str__(self) -> str:
        return f"rules of {self.city}"

    @classmethod
    def of(cls, city: City) -> Rules:
        """The rules of a city; those of one that has set none are the defaults, and not in the database."""
        return cls.objects.filter(city=city).first() or cls(city=city)

    def set(self, *, by: str, **values: Any) -> None:
        """Change some rules; the journal names what was changed to what."""
        with transaction.atomic():
            rules, _ = Rules.objects.select_for_update().get_or_create(city=self.city)
            changed = {name: value for name, value in values.items() if getattr(rules, name) != value}
            if not changed:
                return
            for name, value in changed.items():
                setattr(rules, name, value)
            rules.save()
            journal.record("rules.set", rules, handle=self.city.handle, by=by, **changed)
